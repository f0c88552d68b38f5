import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, type Hex, utf8Bytes} from "#base";
import type {RpcClient} from "../../test-kit/rpc-client.ts";
import {SPEC_VERSION_KEY} from "../../test-kit/test-node.ts";
import {startTestServer, type TestServer} from "../../test-kit/test-server.ts";

type Event = Readonly<Record<string, unknown>> & {readonly event: string};

const keyOf = (text: string) => bytesToHex(utf8Bytes(text));
const hashOf = (block: {hash: Uint8Array}) => bytesToHex(block.hash);

async function follow(client: RpcClient, withRuntime = true): Promise<string> {
  return client.call<string>("chainHead_v1_follow", withRuntime);
}

/** A follow whose first two events were read. */
async function followed({connect, chain}: TestServer, withRuntime = true) {
  const client = await connect();
  const id = await follow(client, withRuntime);
  const initialized = await client.item<Event>(id);
  for (let block = chain.finalized().number; block < chain.best().number; block++) {
    await client.item(id);
  }
  await client.item(id);
  return {client, id, initialized};
}

/** The events of an operation up to its last one. */
async function operation(
  client: RpcClient,
  id: string,
  method: string,
  ...params: unknown[]
): Promise<Event[]> {
  const started = await client.call<{result: string; operationId: string}>(method, id, ...params);
  assert.equal(started.result, "started");
  const events: Event[] = [];
  for (;;) {
    const event = await client.item<Event>(id);
    assert.equal(event.operationId, started.operationId);
    events.push(event);
    if (event.event !== "operationStorageItems") return events;
  }
}

test("a follow begins with the last final blocks, then those above, then the best one", async t => {
  const server = await startTestServer(t);
  const {chain} = server;
  const [one, two, three] = [chain.extend(), chain.extend(), chain.extend()];
  chain.finalize(two);
  const side = chain.extend({parent: one.hash, isBest: false, salt: 1});
  const above = chain.extend({parent: two.hash, isBest: false, salt: 2});
  const client = await server.connect();
  const id = await follow(client, false);
  assert.deepEqual(await client.item(id), {
    event: "initialized",
    finalizedBlockHashes: [bytesToHex(chain.genesisHash), hashOf(one), hashOf(two)],
  });
  const news = [await client.item<Event>(id), await client.item<Event>(id)];
  const parentBlockHash = hashOf(two);
  assert.deepEqual(
    new Set(news.map(({blockHash}) => blockHash)),
    new Set([three, above].map(hashOf)),
  );
  assert.ok(
    news.every(each => each.event === "newBlock" && each.parentBlockHash === parentBlockHash),
  );
  assert.deepEqual(await client.item(id), {
    event: "bestBlockChanged",
    bestBlockHash: hashOf(three),
  });
  assert.deepEqual(await client.fail("chainHead_v1_header", id, hashOf(side)), {
    code: -32_801,
    message: "Invalid block hash",
  });
});

test("of many final blocks the last sixteen are reported, oldest first", async t => {
  const server = await startTestServer(t);
  const blocks = Array.from({length: 20}, () => server.chain.extend());
  server.chain.finalize(blocks[19]!);
  const {initialized} = await followed(server, false);
  assert.deepEqual(initialized.finalizedBlockHashes, blocks.slice(4).map(hashOf));
});

test("the runtime is told at first and where it changes, in six fields", async t => {
  const server = await startTestServer(t);
  const {client, id, initialized} = await followed(server);
  const spec = {
    specName: "toy",
    implName: "toy",
    specVersion: 7,
    implVersion: 0,
    transactionVersion: 1,
    apis: {"0xdf6acb689907609b": 4},
  };
  assert.deepEqual(initialized.finalizedBlockRuntime, {type: "valid", spec});
  server.chain.extend();
  assert.equal((await client.item<Event>(id)).newRuntime, null);
  await client.item(id);
  server.chain.extend({changes: [[SPEC_VERSION_KEY, Uint8Array.of(8)]]});
  assert.deepEqual((await client.item<Event>(id)).newRuntime, {
    type: "valid",
    spec: {...spec, specVersion: 8},
  });
});

test("a switch of forks is new blocks, a new best one, and in the end the loser is pruned, once", async t => {
  const server = await startTestServer(t);
  const {chain} = server;
  const {client, id} = await followed(server, false);
  const loser = chain.extend();
  const [winner] = [chain.extend({parent: chain.genesisHash, isBest: false, salt: 1})];
  const next = chain.extend({parent: winner!.hash});
  const orphan = chain.extend({parent: loser.hash, isBest: false});
  chain.finalize(next);
  const last = chain.extend({parent: next.hash});
  chain.finalize(last);
  const events: Event[] = [];
  while (events.filter(({event}) => event === "finalized").length < 2) {
    events.push(await client.item<Event>(id));
  }
  const genesis = bytesToHex(chain.genesisHash);
  const isNew = (block: {hash: Uint8Array}, parentBlockHash: Hex) => ({
    event: "newBlock",
    blockHash: hashOf(block),
    parentBlockHash,
  });
  const isBest = (block: {hash: Uint8Array}) => ({
    event: "bestBlockChanged",
    bestBlockHash: hashOf(block),
  });
  assert.deepEqual(events, [
    isNew(loser, genesis),
    isBest(loser),
    isNew(winner!, genesis),
    isNew(next, hashOf(winner!)),
    isBest(next),
    isNew(orphan, hashOf(loser)),
    {
      event: "finalized",
      finalizedBlockHashes: [hashOf(winner!), hashOf(next)],
      prunedBlockHashes: [hashOf(loser), hashOf(orphan)],
    },
    isNew(last, hashOf(next)),
    isBest(last),
    {event: "finalized", finalizedBlockHashes: [hashOf(last)], prunedBlockHashes: []},
  ]);
  // Still pinned, though pruned.
  assert.match(await client.call("chainHead_v1_header", id, hashOf(loser)), /^0x/);
  const late = chain.extend({parent: orphan.hash, isBest: false});
  assert.equal((await client.fail("chainHead_v1_header", id, hashOf(late))).code, -32_801);
});

test("header, body and call answer about a pinned block", async t => {
  const server = await startTestServer(t);
  const block = server.chain.extend({body: [Uint8Array.of(1, 2), Uint8Array.of(3)]});
  const {client, id} = await followed(server);
  const hash = hashOf(block);
  const header = await client.call<Hex>("chainHead_v1_header", id, hash);
  assert.equal(header, bytesToHex(server.chain.header(block.hash)!));
  const [body] = await operation(client, id, "chainHead_v1_body", hash);
  assert.deepEqual([body!.event, body!.value], ["operationBodyDone", ["0x0102", "0x03"]]);
  const call = (name: string, args: string) =>
    operation(client, id, "chainHead_v1_call", hash, name, args);
  for (const [args, output] of [
    ["0x0102", "0x0102"],
    ["", "0x"],
  ] as const) {
    const [done] = await call("Echo", args);
    assert.deepEqual([done!.event, done!.output], ["operationCallDone", output]);
  }
  const [missing] = await call("No_such_fn", "0x");
  assert.equal(missing!.event, "operationError");
  assert.match(String(missing!.error), /No_such_fn is not found/);
  assert.equal((await call("Panic", "0x"))[0]!.event, "operationError");
});

test("storage is asked by value, hash, Merkle value and by all below a key", async t => {
  const server = await startTestServer(t);
  const {hashing, chain} = server;
  const {client, id} = await followed(server);
  const hash = bytesToHex(chain.genesisHash);
  const ask = (...items: {key: string; type: string}[]) =>
    operation(client, id, "chainHead_v1_storage", hash, items);
  const found = async (...items: {key: string; type: string}[]) =>
    (await ask(...items)).flatMap(event => (event.items ?? []) as Event[]);
  const state = chain.state(chain.genesisHash)!;
  assert.deepEqual(await found({key: keyOf("a"), type: "value"}, {key: keyOf("b"), type: "hash"}), [
    {key: keyOf("a"), value: "0x01"},
    {key: keyOf("b"), hash: bytesToHex(hashing.blake2b256(Uint8Array.of(2)))},
  ]);
  assert.equal((await ask({key: keyOf("none"), type: "value"})).length, 1);
  assert.equal((await ask({key: keyOf("none"), type: "closestDescendantMerkleValue"})).length, 1);
  assert.deepEqual(await found({key: keyOf("map:"), type: "closestDescendantMerkleValue"}), [
    {
      key: keyOf("map:"),
      closestDescendantMerkleValue: bytesToHex(state.closestMerkleValue("map:")!),
    },
  ]);
  const values = await found({key: keyOf("map:"), type: "descendantsValues"});
  assert.deepEqual(
    values,
    [...state.entries("map:")].map(([key, value]) => ({
      key: keyOf(key),
      value: bytesToHex(value),
    })),
  );
  const hashes = await found({key: keyOf("map:01"), type: "descendantsHashes"});
  assert.equal(hashes.length, 100);
});

test("storage of a child trie is asked for by its name", async t => {
  const server = await startTestServer(t);
  const block = server.chain.extend({childChanges: [["c", [["a", Uint8Array.of(7)]]]]});
  server.chain.finalize(block);
  const {client, id} = await followed(server);
  const hash = bytesToHex(block.hash);
  const ask = (name: string, ...items: {key: string; type: string}[]) =>
    operation(client, id, "chainHead_v1_storage", hash, items, keyOf(name));
  const state = server.chain.state(block.hash)!.child("c");
  const childTrieKey = keyOf("c");
  const [answer, done] = await ask(
    "c",
    {key: keyOf("a"), type: "value"},
    {key: keyOf(""), type: "closestDescendantMerkleValue"},
  );
  assert.deepEqual(answer!.items, [
    {key: keyOf("a"), value: "0x07", childTrieKey},
    {key: "0x", closestDescendantMerkleValue: bytesToHex(state.root()), childTrieKey},
  ]);
  assert.equal(done!.event, "operationStorageDone");
  assert.equal((await ask("none", {key: keyOf("a"), type: "value"})).length, 1);
});

test("beyond the limit an operation is refused, items are discarded, and room comes back", async t => {
  const server = await startTestServer(t);
  const {client, id} = await followed(server);
  const hash = bytesToHex(server.chain.genesisHash);
  const item = {key: keyOf("map:"), type: "descendantsHashes"};
  const request = (number: number, items: unknown[]) => ({
    jsonrpc: "2.0",
    id: number,
    method: "chainHead_v1_storage",
    params: [id, hash, items],
  });
  client.send([
    request(1, new Array(60).fill(item)),
    request(2, new Array(10).fill(item)),
    request(3, [item]),
  ]);
  const replies = (await client.next()) as {result: Record<string, unknown>}[];
  const [first, second, third] = replies.map(({result}) => result);
  assert.equal(first!.discardedItems, 0);
  assert.equal(second!.discardedItems, 6);
  assert.deepEqual(third, {result: "limitReached"});
  const running = new Set([first!.operationId, second!.operationId]);
  while (running.size > 0) {
    const event = await client.item<Event>(id);
    if (event.event === "operationStorageDone") running.delete(event.operationId);
  }
  assert.equal((await operation(client, id, "chainHead_v1_body", hash)).length, 1);
});

test("an operation can be stopped, and is none to be continued", async t => {
  const server = await startTestServer(t);
  const {client, id} = await followed(server);
  const hash = bytesToHex(server.chain.genesisHash);
  const item = {key: "0x", type: "descendantsValues"};
  const message = (number: number, method: string, ...params: unknown[]) => ({
    jsonrpc: "2.0",
    id: number,
    method,
    params: [id, ...params],
  });
  client.send([
    message(1, "chainHead_v1_storage", hash, [item]),
    message(2, "chainHead_v1_continue", "0"),
    message(3, "chainHead_v1_stopOperation", "0"),
    message(4, "chainHead_v1_stopOperation", "none"),
    message(5, "chainHead_v1_continue", "0"),
  ]);
  const replies = (await client.next()) as {result?: unknown; error?: {code: number}}[];
  assert.equal(replies[1]!.error?.code, -32_803);
  assert.deepEqual(
    replies.slice(2).map(({result}) => result),
    [null, null, null],
  );
  assert.equal(await client.call("chainHead_v1_unfollow", id), null);
  assert.equal(await client.call("chainHead_v1_unfollow", id), null);
});

test("pins go when they are let go, all of a list or none", async t => {
  const server = await startTestServer(t);
  const block = hashOf(server.chain.extend());
  const {client, id} = await followed(server, false);
  const genesis = bytesToHex(server.chain.genesisHash);
  const unpin = (given: unknown) => client.fail("chainHead_v1_unpin", id, given);
  assert.equal((await unpin([block, block])).code, -32_804);
  assert.equal((await unpin([block, `0x${"00".repeat(32)}`])).code, -32_801);
  assert.equal((await unpin("0x00")).code, -32_602);
  assert.match(await client.call("chainHead_v1_header", id, block), /^0x/);
  assert.equal(await client.call("chainHead_v1_unpin", id, [block, genesis]), null);
  for (const method of ["header", "body", "storage"]) {
    const rest = method === "storage" ? [[]] : [];
    assert.equal((await client.fail(`chainHead_v1_${method}`, id, block, ...rest)).code, -32_801);
  }
  assert.equal((await client.fail("chainHead_v1_call", id, block, "Echo", "0x")).code, -32_802);
});

test("a follow that is over or unknown answers null and limitReached, never an error", async t => {
  const {connect, chain} = await startTestServer(t);
  const client = await connect();
  const hash = bytesToHex(chain.genesisHash);
  assert.equal(await client.call("chainHead_v1_header", "gone", hash), null);
  assert.equal(await client.call("chainHead_v1_unpin", "gone", hash), null);
  assert.equal(await client.call("chainHead_v1_continue", "gone", "0"), null);
  assert.equal(await client.call("chainHead_v1_stopOperation", "gone", "0"), null);
  const limited = {result: "limitReached"};
  assert.deepEqual(await client.call("chainHead_v1_body", "gone", hash), limited);
  assert.deepEqual(await client.call("chainHead_v1_call", "gone", hash, "Echo", "0x"), limited);
  assert.deepEqual(await client.call("chainHead_v1_storage", "gone", hash, []), limited);
});

test("a fifth follow of one connection is refused until one ends, and another connection has its own", async t => {
  const server = await startTestServer(t);
  const client = await server.connect();
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) {
    const id = await follow(client, false);
    ids.push(id);
    await client.item(id);
    await client.item(id);
  }
  assert.deepEqual(await client.fail("chainHead_v1_follow", false), {
    code: -32_800,
    message: "Maximum number of chainHead_follow has been reached",
  });
  await client.call("chainHead_v1_unfollow", ids[0]);
  await follow(client, false);
  const {client: other} = await followed(server, false);
  assert.equal(await other.call("chainHead_v1_header", ids[1], `0x${"00".repeat(32)}`), null);
});

test("a client that lets nothing go is told to stop, and may begin again", async t => {
  const server = await startTestServer(t);
  const {chain} = server;
  const {client, id} = await followed(server, false);
  let event: Event;
  do {
    chain.finalize(chain.extend());
    do event = await client.item<Event>(id);
    while (event.event === "newBlock" || event.event === "bestBlockChanged");
  } while (event.event !== "stop");
  assert.ok(chain.best().number > 500 && chain.best().number < 530);
  assert.equal(chain.listeners, 0);
  await follow(client, false);
});

test("whoever follows over HTTP is told what it takes, and a client that leaves is forgotten", async t => {
  const server = await startTestServer(t);
  const request = {jsonrpc: "2.0", id: 1, method: "chainHead_v1_follow", params: [true]};
  const reply = (await server.post(request)) as {error: {code: number; data: string}};
  assert.match(reply.error.data, /WebSocket/);
  for (let round = 0; round < 20; round++) {
    const {client} = await followed(server, false);
    assert.equal(server.chain.listeners, 3);
    client.terminate();
    while (server.chain.listeners > 0) await new Promise(resolve => setImmediate(resolve));
  }
});

test("what a follow has pinned is held on to until it is unpinned, or the follow ends", async t => {
  const server = await startTestServer(t);
  const {chain} = server;
  chain.extend();
  const two = chain.extend();
  chain.finalize(two);
  chain.extend();
  chain.discardBelow(2);
  const {client, id, initialized} = await followed(server);
  assert.deepEqual(initialized.finalizedBlockHashes, [hashOf(two)], "those whose states are here");
  assert.equal(chain.pins.size, 2);
  await client.call("chainHead_v1_unpin", id, hashOf(two));
  assert.equal(chain.pins.size, 1);
  await client.call("chainHead_v1_unfollow", id);
  assert.equal(chain.pins.size, 0);
});
