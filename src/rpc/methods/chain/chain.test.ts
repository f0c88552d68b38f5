import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, utf8Bytes} from "#base";
import {startTestServer} from "../../test-kit/test-server.ts";

test("a header has a minimal number and its own digest, and an unknown one is null", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  for (let i = 0; i < 31; i++) chain.extend();
  const {hash} = chain.best();
  const header = await client.call<Record<string, unknown>>("chain_getHeader");
  assert.deepEqual(header, await client.call("chain_getHeader", bytesToHex(hash)));
  assert.deepEqual(Object.keys(header), [
    "parentHash",
    "number",
    "stateRoot",
    "extrinsicsRoot",
    "digest",
  ]);
  assert.equal(header.number, "0x1f");
  assert.deepEqual(header.digest, {logs: ["0x000400"]});
  const genesis = await client.call<{number: string}>(
    "chain_getHeader",
    bytesToHex(chain.genesisHash),
  );
  assert.equal(genesis.number, "0x0");
  assert.equal(await client.call("chain_getHeader", `0x${"11".repeat(32)}`), null);
  assert.equal(await client.call("chain_getBlock", `0x${"11".repeat(32)}`), null);
});

test("a block has its extrinsics, and justifications as lists of numbers", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  chain.extend({
    body: [Uint8Array.of(4, 1)],
    justifications: [{engine: utf8Bytes("FRNK"), bytes: Uint8Array.of(1, 2)}],
  });
  const header = await client.call("chain_getHeader");
  assert.deepEqual(await client.call("chain_getBlock"), {
    block: {header, extrinsics: ["0x0401"]},
    justifications: [
      [
        [70, 82, 78, 75],
        [1, 2],
      ],
    ],
  });
  const genesis = await client.call<{justifications: unknown}>(
    "chain_getBlock",
    bytesToHex(chain.genesisHash),
  );
  assert.equal(genesis.justifications, null);
});

test("block hashes are asked for by nothing, a number, hex or a list", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const hashes = [chain.genesisHash, chain.extend().hash, chain.extend().hash].map(bytesToHex);
  assert.equal(await client.call("chain_getBlockHash"), hashes[2]);
  assert.equal(await client.call("chain_getHead", null), hashes[2]);
  assert.equal(await client.call("chain_getBlockHash", 1), hashes[1]);
  assert.equal(await client.call("chain_getBlockHash", "0x1"), hashes[1]);
  assert.equal(await client.call("chain_getBlockHash", "0x00000001"), hashes[1]);
  assert.deepEqual(await client.call("chain_getBlockHash", [0, "0x2", 9]), [
    hashes[0],
    hashes[2],
    null,
  ]);
  assert.equal(await client.call("chain_getBlockHash", 3), null);
  for (const wrong of [-1, 1.5, "1", "0x", 2 ** 32, "0xfffffffff", [null], {}]) {
    assert.equal((await client.fail("chain_getBlockHash", wrong)).code, -32_602);
  }
});

test("head subscriptions deliver the current head at once, under the one notification name", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  chain.extend();
  for (const [method, notification, number] of [
    ["chain_subscribeNewHeads", "chain_newHead", "0x1"],
    ["chain_subscribeNewHead", "chain_newHead", "0x1"],
    ["subscribe_newHead", "chain_newHead", "0x1"],
    ["chain_subscribeAllHeads", "chain_allHead", "0x1"],
    ["chain_subscribeFinalizedHeads", "chain_finalizedHead", "0x0"],
    ["chain_subscribeFinalisedHeads", "chain_finalizedHead", "0x0"],
  ]) {
    const id = await client.call<string>(method!);
    assert.match(id, /^[A-Za-z0-9]{16}$/);
    const first = (await client.next()) as {method: string; params: {result: {number: string}}};
    assert.equal(first.method, notification);
    assert.equal(first.params.result.number, number);
  }
});

test("a sibling that is never best is seen by all heads only", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const all = await client.call<string>("chain_subscribeAllHeads");
  await client.item(all);
  const best = await client.call<string>("chain_subscribeNewHeads");
  await client.item(best);
  const finalized = await client.call<string>("chain_subscribeFinalizedHeads");
  await client.item(finalized);
  chain.extend({parent: chain.genesisHash, isBest: false, salt: 9});
  assert.deepEqual((await client.item<{digest: unknown}>(all)).digest, {logs: ["0x000409"]});
  const block = chain.extend();
  await client.item(all);
  await client.item(best);
  chain.finalize(block);
  assert.equal((await client.item<{number: string}>(finalized)).number, "0x1");
  assert.equal(await client.call("chain_getFinalizedHead"), bytesToHex(block.hash));
});

test("after unsubscribing nothing more comes, and a second time answers false", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const id = await client.call<string>("chain_subscribeNewHead");
  await client.item(id);
  assert.equal(await client.call("chain_unsubscribeFinalizedHeads", id), false);
  assert.equal(await client.call("unsubscribe_newHead", id), true);
  chain.extend();
  assert.equal(await client.call("chain_unsubscribeNewHeads", id), false);
  assert.equal(await client.call("chain_unsubscribeNewHeads", 5), false);
  assert.equal((await client.fail("chain_unsubscribeNewHeads")).code, -32_602);
  assert.equal(chain.listeners, 0);
});

test("a connection that closes takes its subscriptions along", async t => {
  const {chain, connect, server} = await startTestServer(t);
  for (let i = 0; i < 20; i++) {
    const client = await connect();
    const id = await client.call<string>("chain_subscribeNewHead");
    await client.item(id);
    await client.call("state_subscribeStorage", ["0x61"]);
    client.terminate();
  }
  const last = await connect();
  while (server.connections > 1) await last.call("system_name");
  assert.equal(chain.listeners, 0);
});
