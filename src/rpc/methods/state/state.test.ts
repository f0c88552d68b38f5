import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, hexToBytes, utf8Bytes} from "#base";
import {verifyProof} from "#trie";
import {METADATA, SPEC_VERSION_KEY} from "../../test-kit/test-node.ts";
import {startTestServer} from "../../test-kit/test-server.ts";

const key = (text: string) => bytesToHex(utf8Bytes(text));
const UNKNOWN = `0x${"11".repeat(32)}`;

test("a value, its hash and its size agree, at the best block and at another, and are null where absent", async t => {
  const {chain, hashing, connect} = await startTestServer(t);
  const client = await connect();
  const old = bytesToHex(chain.genesisHash);
  chain.extend({changes: [["a", Uint8Array.of(7, 7)]]});
  assert.equal(await client.call("state_getStorage", key("a")), "0x0707");
  assert.equal(await client.call("state_getStorage", key("a"), null), "0x0707");
  assert.equal(await client.call("state_getStorageAt", key("a"), old), "0x01");
  assert.equal(await client.call("state_getStorageSize", key("a")), 2);
  assert.equal(
    await client.call("state_getStorageHashAt", key("a"), old),
    bytesToHex(hashing.blake2b256(Uint8Array.of(1))),
  );
  assert.equal(await client.call("state_getStorageSize", key("map:")), 2_400);
  for (const method of ["state_getStorage", "state_getStorageHash", "state_getStorageSize"]) {
    assert.equal(await client.call(method, key("nothing")), null);
    const error = await client.fail(method, key("a"), UNKNOWN);
    assert.equal(error.code, 4_003);
    assert.match(error.message, /^Client error: UnknownBlock/);
  }
});

test("keys come in pages, in order, strictly after the start key, each once", async t => {
  const client = await (await startTestServer(t)).connect();
  const prefix = key("map:");
  const page = (count: number, after: string | null) =>
    client.call<string[]>("state_getKeysPaged", prefix, count, after);
  const first = await page(1_000, prefix);
  const second = await page(1_000, first.at(-1)!);
  assert.deepEqual([first.length, second.length], [1_000, 200]);
  assert.deepEqual(await client.call("state_getKeys", prefix), [...first, ...second]);
  assert.deepEqual([...first, ...second], [...first, ...second].sort());
  assert.deepEqual(await page(2, null), first.slice(0, 2));
  assert.deepEqual(await page(2, key("a")), first.slice(0, 2));
  assert.deepEqual(await page(2, key("z")), []);
  assert.deepEqual(await page(0, null), []);
  assert.deepEqual(await page(5, second.at(-1)!), []);
  assert.deepEqual(await client.call("state_getKeysPagedAt", key("a"), 5), [key("a")]);
  assert.equal((await client.call<string[]>("state_getKeysPaged", null, 5)).length, 5);
  assert.deepEqual(await client.fail("state_getKeysPaged", prefix, 1_001), {
    code: 4_002,
    message: "count exceeds maximum value. value: 1001, max: 1000",
  });
});

test("queries list every key in the order of the request, absent ones as null", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const block = bytesToHex(chain.best().hash);
  const keys = [key("b"), key("nothing"), key("a")];
  assert.deepEqual(await client.call("state_queryStorageAt", keys), [
    {
      block,
      changes: [
        [keys[0], "0x02"],
        [keys[1], null],
        [keys[2], "0x01"],
      ],
    },
  ]);
  assert.deepEqual(await client.call("state_getPairs", key("b")), [
    [key("b"), "0x02"],
    [key("big"), `0x${"09".repeat(70_000)}`],
  ]);
});

test("the history of keys has all of them first and then what changed", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const from = chain.extend({changes: [["a", Uint8Array.of(3)]]});
  chain.extend();
  const to = chain.extend({changes: [["a", undefined]]});
  const fork = chain.extend({parent: chain.genesisHash, isBest: false, salt: 1});
  const hashes = [from, to].map(({hash}) => bytesToHex(hash));
  const keys = [key("a"), key("b")];
  const expected = [
    {
      block: hashes[0],
      changes: [
        [keys[0], "0x03"],
        [keys[1], "0x02"],
      ],
    },
    {block: hashes[1], changes: [[keys[0], null]]},
  ];
  assert.deepEqual(await client.call("state_queryStorage", keys, hashes[0]), expected);
  assert.deepEqual(await client.call("state_queryStorage", keys, ...hashes), expected);
  for (const range of [
    [hashes[1], hashes[0]],
    [hashes[0], bytesToHex(fork.hash)],
    [UNKNOWN],
    [hashes[0], UNKNOWN],
  ]) {
    assert.equal((await client.fail("state_queryStorage", keys, ...range)).code, 4_001);
  }
});

test("a read proof verifies against the state root in the header", async t => {
  const {chain, hashing, connect} = await startTestServer(t);
  const client = await connect();
  const block = bytesToHex(chain.extend().hash);
  const {at, proof} = await client.call<{at: string; proof: string[]}>("state_getReadProof", [
    key("a"),
    key("no"),
  ]);
  assert.equal(at, block);
  const {stateRoot} = await client.call<{stateRoot: string}>("chain_getHeader", block);
  const read = verifyProof(
    bytes => hashing.blake2b256(bytes),
    hexToBytes(stateRoot)!,
    proof.map(item => hexToBytes(item)!),
    ["a", "no"],
  );
  assert.ok(read.ok);
  assert.deepEqual([...read.value.values()], [Uint8Array.of(1), undefined]);
});

test("runtime calls go through, and a missing function or a trap is an error", async t => {
  const client = await (await startTestServer(t)).connect();
  assert.equal(await client.call("state_call", "Echo", "0x0102"), "0x0102");
  assert.equal(await client.call("state_call", "Echo", ""), "0x");
  assert.equal(await client.call("state_callAt", "Echo", "0x"), "0x");
  assert.deepEqual(await client.fail("state_call", "No_such_fn", "0x"), {
    code: 4_003,
    message: "Client error: Execution failed: Other: Exported method No_such_fn is not found",
  });
  assert.match((await client.fail("state_call", "Panic", "0x")).message, /it panicked/);
  assert.match((await client.fail("state_call", "Echo", "0x", UNKNOWN)).message, /UnknownBlock/);
  assert.equal(
    (await client.fail("state_call", "Echo", "0x1")).data,
    "data: expected 0x-prefixed hex, found a string of 3 characters",
  );
});

test("metadata comes without its length, and the version with a list of APIs", async t => {
  const client = await (await startTestServer(t)).connect();
  assert.equal(await client.call("state_getMetadata"), bytesToHex(METADATA));
  const version = {
    specName: "toy",
    implName: "toy",
    authoringVersion: 1,
    specVersion: 7,
    implVersion: 0,
    apis: [["0xdf6acb689907609b", 4]],
    transactionVersion: 1,
    stateVersion: 0,
  };
  assert.deepEqual(await client.call("state_getRuntimeVersion"), version);
  assert.deepEqual(await client.call("chain_getRuntimeVersion", null), version);
});

test("a storage subscription sends all keys at once, then what changed in the block where it changed", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const keys = [key("a"), key("nothing"), key("b")];
  const id = await client.call<string>("state_subscribeStorage", keys);
  assert.deepEqual(await client.item(id), {
    block: bytesToHex(chain.genesisHash),
    changes: [
      [keys[0], "0x01"],
      [keys[1], null],
      [keys[2], "0x02"],
    ],
  });
  chain.extend({changes: [["other", Uint8Array.of(1)]]});
  chain.extend({changes: [["a", Uint8Array.of(1)]]});
  chain.extend({isBest: false, salt: 1, changes: [["a", Uint8Array.of(99)]]});
  const changed = chain.extend({changes: [["b", undefined]]});
  const change = await client.item<{block: string}>(id);
  assert.deepEqual(change, {block: bytesToHex(changed.hash), changes: [[keys[2], null]]});
  assert.notEqual(await client.call("chain_getHeader", change.block), null);
  const fork = chain.extend({parent: chain.genesisHash, salt: 2});
  assert.deepEqual(await client.item(id), {
    block: bytesToHex(fork.hash),
    changes: [[keys[2], "0x02"]],
  });
  assert.equal(await client.call("state_unsubscribeStorage", id), true);
});

test("without keys a storage subscription tells what changed of the whole state, where unsafe calls are allowed", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const id = await client.call<string>("state_subscribeStorage");
  const {hash} = chain.extend({
    changes: [
      ["b", undefined],
      ["new", Uint8Array.of(7)],
    ],
  });
  assert.deepEqual(await client.item(id), {
    block: bytesToHex(hash),
    changes: [
      [key("b"), null],
      [key("new"), "0x07"],
    ],
  });
  const safe = await (await startTestServer(t, {methods: "safe"})).connect();
  assert.equal((await safe.fail("state_subscribeStorage", null)).code, -32_601);
});

test("a connection follows so many keys, and those of an ended subscription no more", async t => {
  const {connect} = await startTestServer(t);
  const client = await connect();
  const keys = (from: number, count: number) =>
    Array.from({length: count}, (_, i) => `0x${(from + i).toString(16).padStart(8, "0")}`);
  const id = await client.call<string>("state_subscribeStorage", keys(0, 32_768));
  assert.equal((await client.item<{changes: unknown[]}>(id)).changes.length, 32_768);
  const refused = await client.fail("state_subscribeStorage", keys(0, 1));
  assert.equal(refused.data, "keys: this connection would follow 32769, at most 32768");
  await client.call("state_unsubscribeStorage", id);
  await client.call("state_subscribeStorage", keys(0, 1));
});

test("a subscription whose values cannot be read leaves nothing behind", async t => {
  const {chain, connect} = await startTestServer(t, {limits: {maxResponseBytes: 1_000}});
  const client = await connect();
  const keys = (count: number) => Array.from({length: count}, (_, i) => key(`none${i}`));
  // As many as a connection may follow in all, were they to count though they were refused.
  for (let i = 0; i < 4; i++) {
    assert.equal((await client.fail("state_subscribeStorage", keys(16_000))).code, -32_008);
  }
  chain.extend({changes: [["none1", Uint8Array.of(1)]]});
  const id = await client.call<string>("state_subscribeStorage", keys(2));
  assert.equal((await client.item<{changes: unknown[]}>(id)).changes.length, 2);
});

test("a version subscription speaks now and when the version is another", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const id = await client.call<string>("chain_subscribeRuntimeVersion");
  assert.equal((await client.item<{specVersion: number}>(id)).specVersion, 7);
  chain.extend();
  chain.extend({changes: [[SPEC_VERSION_KEY, Uint8Array.of(8)]]});
  assert.equal((await client.item<{specVersion: number}>(id)).specVersion, 8);
  assert.equal(await client.call("state_unsubscribeRuntimeVersion", id), true);
});
