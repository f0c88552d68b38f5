import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {ALICE} from "../../test-kit/test-node.ts";
import {startTestServer} from "../../test-kit/test-server.ts";
import {STALE, toyExtrinsic} from "../../test-kit/toy-extrinsic.ts";

const SUBMIT = "transactionWatch_v1_submitAndWatch";

test("a transaction is validated, included, taken out, included again and final, with its place in the block", async t => {
  const {chain, pool, connect} = await startTestServer(t);
  const client = await connect();
  const bytes = toyExtrinsic(ALICE.sr25519, 0);
  const id = await client.call<string>(SUBMIT, bytesToHex(bytes));
  assert.deepEqual(await client.item(id), {event: "validated"});
  const block = chain.extend({body: [Uint8Array.of(1), bytes]});
  const hash = bytesToHex(block.hash);
  pool.blockEnacted({hash: block.hash, number: 1, body: [Uint8Array.of(1), bytes]});
  const included = {event: "bestChainBlockIncluded", block: {hash, index: 1}};
  assert.deepEqual(await client.item(id), included);
  pool.blockRetracted({hash: block.hash, body: [Uint8Array.of(1), bytes]});
  assert.deepEqual(await client.item(id), {event: "bestChainBlockIncluded", block: null});
  pool.blockEnacted({hash: block.hash, number: 1, body: [Uint8Array.of(1), bytes]});
  assert.deepEqual(await client.item(id), included);
  pool.blockFinalized(block.number);
  assert.deepEqual(await client.item(id), {event: "finalized", block: {hash, index: 1}});
  assert.equal(await client.call("transactionWatch_v1_unwatch", id), null);
});

test("a refused transaction is an event, and only what is no hex is an error", async t => {
  const client = await (await startTestServer(t)).connect();
  const stale = bytesToHex(toyExtrinsic(ALICE.sr25519, 0, {verdict: STALE}));
  const id = await client.call<string>(SUBMIT, stale);
  assert.deepEqual(await client.item(id), {
    event: "invalid",
    error: "Invalid Transaction: Transaction is outdated",
  });
  const malformed = await client.call<string>(SUBMIT, "0x0c00");
  const {event, error} = await client.item<Record<string, string>>(malformed);
  assert.equal(event, "invalid");
  assert.match(error!, /invalid format/);
  assert.equal((await client.fail(SUBMIT, "0x0")).code, -32_602);
});

test("whoever is outbid or thrown out is told so", async t => {
  const {pool, hashing, connect} = await startTestServer(t);
  const client = await connect();
  const first = toyExtrinsic(ALICE.sr25519, 0);
  const id = await client.call<string>(SUBMIT, bytesToHex(first));
  await client.item(id);
  pool.remove([hashing.blake2b256(first)]);
  assert.equal((await client.item<{event: string}>(id)).event, "dropped");
});
