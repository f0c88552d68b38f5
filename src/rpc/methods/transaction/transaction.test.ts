import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {ALICE} from "../../test-kit/test-node.ts";
import {startTestServer} from "../../test-kit/test-server.ts";
import {STALE, toyExtrinsic} from "../../test-kit/toy-extrinsic.ts";

const toy = (nonce: number, options?: {verdict: number}) =>
  bytesToHex(toyExtrinsic(ALICE.sr25519, nonce, options));

test("a broadcast transaction waits in the pool, and anything at all may be broadcast and stopped", async t => {
  const {connect, pool} = await startTestServer(t);
  const client = await connect();
  const ids = [];
  for (const bytes of [toy(0), "0x", "0xdeadbeef", toy(1, {verdict: STALE})]) {
    ids.push(await client.call<string>("transaction_v1_broadcast", bytes));
  }
  assert.equal(new Set(ids).size, 4);
  assert.equal(pool.status.ready, 1);
  for (const id of ids) assert.equal(await client.call("transaction_v1_stop", id), null);
  assert.deepEqual(await client.fail("transaction_v1_stop", ids[0]), {
    code: -32_602,
    message: "Invalid operation id",
  });
  assert.equal((await client.fail("transaction_v1_broadcast", "no hex")).code, -32_602);
});

test("a connection may broadcast sixteen at once; those that are over do not count", async t => {
  const {chain, connect, post} = await startTestServer(t);
  const client = await connect();
  await client.call("transaction_v1_broadcast", "0x");
  for (let nonce = 0; nonce < 16; nonce++) {
    assert.notEqual(await client.call("transaction_v1_broadcast", toy(nonce)), null);
  }
  assert.equal(await client.call("transaction_v1_broadcast", toy(16)), null);
  const other = await connect();
  assert.notEqual(await other.call("transaction_v1_broadcast", toy(16)), null);
  client.terminate();
  other.terminate();
  while (chain.listeners > 0) await new Promise(resolve => setImmediate(resolve));
  const request = {jsonrpc: "2.0", id: 1, method: "transaction_v1_broadcast", params: [toy(0)]};
  const reply = (await post(request)) as {error: {data: string}};
  assert.match(reply.error.data, /WebSocket/);
});
