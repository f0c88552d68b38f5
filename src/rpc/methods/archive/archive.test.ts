import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, utf8Bytes} from "#base";
import type {RpcClient} from "../../test-kit/rpc-client.ts";
import {startTestServer} from "../../test-kit/test-server.ts";

const keyOf = (text: string) => bytesToHex(utf8Bytes(text));
const hashOf = (block: {hash: Uint8Array}) => bytesToHex(block.hash);
const NOWHERE = `0x${"11".repeat(32)}`;

/** All items of a subscription up to the one that ends it. */
async function all(client: RpcClient, method: string, ...params: unknown[]) {
  const id = await client.call<string>(method, ...params);
  const events: Record<string, unknown>[] = [];
  for (;;) {
    const event = await client.item<Record<string, unknown>>(id);
    events.push(event);
    if (/(Done|Error)$/.test(String(event.event))) return events;
  }
}

test("below the last final block there is one block a height, above it those of all forks", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const [one, side] = [
    chain.extend(),
    chain.extend({parent: chain.genesisHash, salt: 1, isBest: false}),
  ];
  const at = (height: number) => client.call<string[]>("archive_v1_hashByHeight", height);
  assert.deepEqual(new Set(await at(1)), new Set([hashOf(one), hashOf(side)]));
  chain.finalize(one);
  assert.deepEqual(await at(1), [hashOf(one)]);
  assert.deepEqual(await at(0), [await client.call("archive_v1_genesisHash")]);
  assert.deepEqual(await at(2), []);
  assert.equal(await client.call("archive_v1_finalizedHeight"), 1);
});

test("header, body and call answer about any block that is known, and null about others", async t => {
  const {chain, post} = await startTestServer(t);
  const block = chain.extend({body: [Uint8Array.of(1)]});
  const ask = async (method: string, ...params: unknown[]) => {
    const reply = await post({jsonrpc: "2.0", id: 1, method: `archive_v1_${method}`, params});
    return (reply as {result: unknown}).result;
  };
  assert.equal(await ask("header", hashOf(block)), bytesToHex(chain.header(block.hash)!));
  assert.deepEqual(await ask("body", hashOf(block)), ["0x01"]);
  assert.deepEqual(await ask("call", hashOf(block), "Echo", "0x05"), {
    success: true,
    value: "0x05",
  });
  const missing = (await ask("call", hashOf(block), "No_such_fn", "0x")) as Record<string, unknown>;
  assert.equal(missing.success, false);
  assert.match(String(missing.error), /No_such_fn is not found/);
  assert.equal(await ask("header", NOWHERE), null);
  assert.equal(await ask("body", NOWHERE), null);
  assert.equal(await ask("call", NOWHERE, "Echo", "0x"), null);
});

test("storage comes item by item, from the middle of a map too", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const genesis = bytesToHex(chain.genesisHash);
  const ask = (...items: unknown[]) => all(client, "archive_v1_storage", genesis, items);
  assert.deepEqual(
    await ask({key: keyOf("a"), type: "value"}, {key: keyOf("none"), type: "hash"}),
    [{event: "storage", key: keyOf("a"), value: "0x01"}, {event: "storageDone"}],
  );
  const item = {key: keyOf("map:"), type: "descendantsValues"};
  assert.equal((await ask(item)).length, 1_201);
  const rest = await ask({...item, paginationStartKey: keyOf("map:1197")});
  assert.deepEqual(
    rest.map(({key}) => key),
    [keyOf("map:1198"), keyOf("map:1199"), undefined],
  );
  assert.equal((await all(client, "archive_v1_storage", NOWHERE, []))[0]!.event, "storageError");
  const wrong = {key: "0x", type: "value", paginationStartKey: "0x"};
  assert.equal((await client.fail("archive_v1_storage", genesis, [wrong])).code, -32_602);
});

test("a storage difference names what was added, modified and deleted, since the parent or an earlier block", async t => {
  const {chain, hashing, connect} = await startTestServer(t);
  const client = await connect();
  const one = chain.extend({
    changes: [
      ["a", Uint8Array.of(9)],
      ["b", undefined],
      ["c", Uint8Array.of(3)],
    ],
  });
  const two = chain.extend({changes: [["c", Uint8Array.of(4)]]});
  const diff = (...params: unknown[]) => all(client, "archive_v1_storageDiff", ...params);
  const event = "storageDiff";
  const done = {event: "storageDiffDone"};
  assert.deepEqual(await diff(hashOf(one)), [
    {event, key: keyOf("a"), value: "0x09", type: "modified"},
    {event, key: keyOf("b"), value: "0x02", type: "deleted"},
    {event, key: keyOf("c"), value: "0x03", type: "added"},
    done,
  ]);
  const hash = bytesToHex(hashing.blake2b256(Uint8Array.of(4)));
  const onlyC = [{key: keyOf("c"), returnType: "hash"}];
  assert.deepEqual(await diff(hashOf(two), onlyC), [
    {event, key: keyOf("c"), hash, type: "modified"},
    done,
  ]);
  assert.deepEqual(await diff(hashOf(two), onlyC, bytesToHex(chain.genesisHash)), [
    {event, key: keyOf("c"), hash, type: "added"},
    done,
  ]);
  assert.deepEqual(await diff(bytesToHex(chain.genesisHash)), [done]);
  assert.equal((await diff(NOWHERE))[0]!.event, "storageDiffError");
});

test("of a child trie the same is told, with its name", async t => {
  const {chain, hashing, connect} = await startTestServer(t);
  const client = await connect();
  const child = (changes: [string, Uint8Array | undefined][]) =>
    chain.extend({childChanges: [["c", changes]]});
  const one = child([
    ["map:1", Uint8Array.of(1)],
    ["map:2", Uint8Array.of(2)],
  ]);
  const two = child([
    ["map:1", Uint8Array.of(9)],
    ["map:2", undefined],
  ]);
  const childTrieKey = keyOf("c");
  const event = "storage";
  const items = [{key: keyOf("map:"), type: "descendantsValues"}];
  assert.deepEqual(await all(client, "archive_v1_storage", hashOf(one), items, childTrieKey), [
    {event, key: keyOf("map:1"), value: "0x01", childTrieKey},
    {event, key: keyOf("map:2"), value: "0x02", childTrieKey},
    {event: "storageDone"},
  ]);
  const nothing = [{event: "storageDone"}];
  const other = await all(client, "archive_v1_storage", hashOf(one), items, keyOf("d"));
  assert.deepEqual(other, nothing);
  const asked = [
    {returnType: "hash", childTrieKey},
    {key: keyOf("no"), returnType: "value"},
  ];
  assert.deepEqual(await all(client, "archive_v1_storageDiff", hashOf(two), asked), [
    {
      event: "storageDiff",
      key: keyOf("map:1"),
      hash: bytesToHex(hashing.blake2b256(Uint8Array.of(9))),
      type: "modified",
      childTrieKey,
    },
    {
      event: "storageDiff",
      key: keyOf("map:2"),
      hash: bytesToHex(hashing.blake2b256(Uint8Array.of(2))),
      type: "deleted",
      childTrieKey,
    },
    {event: "storageDiffDone"},
  ]);
});

test("a client that stops a query hears no more of it", async t => {
  const {chain, connect} = await startTestServer(t);
  const client = await connect();
  const item = {key: "0x", type: "descendantsValues"};
  const params = [bytesToHex(chain.genesisHash), [item]];
  const id = await client.call<string>("archive_v1_storage", ...params);
  const stop = {jsonrpc: "2.0", id: "stop", method: "archive_v1_stopStorage", params: [id]};
  client.send(stop);
  let last: {id?: unknown};
  do last = (await client.next()) as {id?: unknown};
  while (last.id !== "stop");
  assert.equal((last as {result?: unknown}).result, null);
  assert.equal(await client.call("archive_v1_finalizedHeight"), 0);
});

test("a client that reads late gets a long answer whole, at the pace of its reading", async t => {
  const {chain, connect} = await startTestServer(t);
  const value = new Uint8Array(600).fill(7);
  const entries = Array.from(
    {length: 20_000},
    (_, i) => [`long:${String(i).padStart(5, "0")}`, value] as const,
  );
  const block = chain.extend({changes: entries});
  const client = await connect();
  const id = await client.call<string>("archive_v1_storage", hashOf(block), [
    {key: keyOf("long:"), type: "descendantsValues"},
  ]);
  client.socket.pause();
  // Other clients are served meanwhile, and nobody is cut off: what is not read is not made.
  const other = await connect();
  for (let i = 0; i < 50; i++) assert.equal(await other.call("system_name"), "khala");
  const arrived = client.received.length;
  client.socket.resume();
  for (const [key] of entries) {
    const event = await client.item<{key: string}>(id);
    assert.equal(event.key, keyOf(key));
  }
  assert.deepEqual(await client.item(id), {event: "storageDone"});
  assert.ok(arrived < entries.length / 2, `${arrived} came at once`);
});
