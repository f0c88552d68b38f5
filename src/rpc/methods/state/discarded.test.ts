import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, utf8Bytes} from "#base";
import {startTestServer} from "../../test-kit/test-server.ts";

const keyOf = (text: string) => bytesToHex(utf8Bytes(text));
const hashOf = (block: {hash: Uint8Array}) => bytesToHex(block.hash);

test("a state that is gone is refused by every way to it, in the same words and with the same data", async t => {
  const {chain, connect} = await startTestServer(t);
  const [old, kept] = [chain.extend(), chain.extend({changes: [["a", utf8Bytes("1")]]})];
  chain.discardBelow(2);
  const client = await connect();
  const data = {
    block: 1,
    statesKept: [{from: 2, to: 2}],
    nearest: {number: 2, hash: hashOf(kept)},
    statePruning: "2",
    pallets: [],
  };
  for (const [method, ...params] of [
    ["state_getStorage", keyOf("a"), hashOf(old)],
    ["state_getKeys", keyOf("a"), hashOf(old)],
    ["state_getStorageSize", keyOf("a"), hashOf(old)],
    ["state_queryStorageAt", [keyOf("a")], hashOf(old)],
    ["state_getReadProof", [keyOf("a")], hashOf(old)],
    ["state_call", "Core_version", "0x", hashOf(old)],
  ] as const) {
    const error = await client.fail(method, ...params);
    assert.equal(error.code, 4_003, method);
    assert.ok(
      error.message.startsWith(
        `Client error: UnknownBlock: State already discarded for ${hashOf(old)}: it is block 1, and the states kept are those of 2 (--state-pruning 2); the nearest is that of block 2;`,
      ),
      error.message,
    );
    assert.deepEqual(error.data, data, method);
  }
  assert.equal(await client.call("state_getStorage", keyOf("a"), hashOf(kept)), keyOf("1"));
});

test("of a pallet that stays what it has is read, and nothing beyond it", async t => {
  const {chain, connect} = await startTestServer(t);
  const changes = ["pa", "pb", "q"].map(key => [key, utf8Bytes(key)] as const);
  const old = chain.extend({changes});
  chain.extend();
  chain.discardBelow(2, ["p"]);
  const client = await connect();
  const at = hashOf(old);
  assert.equal(await client.call("state_getStorage", keyOf("pb"), at), keyOf("pb"));
  assert.equal(await client.call("state_getStorage", keyOf("pc"), at), null);
  const page = await client.call("state_getKeysPaged", keyOf("p"), 10, null, at);
  assert.deepEqual(page, [keyOf("pa"), keyOf("pb")]);
  for (const [method, ...params] of [
    ["state_getStorage", keyOf("q"), at],
    ["state_getKeysPaged", "0x", 10, null, at],
    ["state_queryStorageAt", [keyOf("pa"), keyOf("q")], at],
  ] as const) {
    assert.match((await client.fail(method, ...params)).message, /State already discarded for/);
  }
});
