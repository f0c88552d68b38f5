import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {finalizedOf, until} from "../../support/network.ts";
import {RawClient, type Reply} from "../support/raw-client.ts";
import {follow} from "./follow.ts";

const SYSTEM_ACCOUNT = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
/** A map that takes many slices of the thread to walk. */
const LARGE = "0xfeed";
const ENTRIES = Array.from({length: 20_000}, (_, i) => [
  `${LARGE}${i.toString(16).padStart(8, "0")}`,
  "0x01",
]);
const SUDO_KEY = "0x5c0d1176a568c1f92944340dbfed9e9c530ebca703c85910e7164cb7d1c9e47b";
const ABSENT = `0x${"12".repeat(32)}`;

let node: KhalaProcess;
let client: RawClient;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
  client = await RawClient.open(node.url);
  const large = await client.call("dev_setStorage", ENTRIES);
  const {number} = await client.call<{number: string}>("chain_getHeader", large);
  const least = Math.max(4, Number(number));
  await until("some blocks are final", async () => (await finalizedOf(node)) >= least);
});
after(async () => {
  await client.close();
  await node.stop();
});

test("a follow begins with final blocks, oldest first, and the best block follows", async () => {
  const {events, initialized} = await follow(client);
  const hashes = (await initialized()).finalizedBlockHashes!;
  assert.ok(hashes.length >= 2);
  const numbers = await Promise.all(
    hashes.map(async hash =>
      Number((await client.call<{number: string}>("chain_getHeader", hash)).number),
    ),
  );
  assert.deepEqual(
    numbers,
    numbers.map((_, i) => numbers[0]! + i),
  );
  const known = new Set(hashes);
  await events.find("more blocks become final", ({event}) => event === "finalized");
  assert.equal(events.all[0]!.event, "initialized");
  const best = events.all.findIndex(({event}) => event === "bestBlockChanged");
  const final = events.all.findIndex(({event}) => event === "finalized");
  assert.ok(best !== -1 && best < final);
  for (const {event, blockHash, parentBlockHash, bestBlockHash, ...rest} of events.all) {
    if (event === "newBlock") {
      assert.ok(known.has(parentBlockHash!), "a parent is reported before its child");
      assert.equal(rest.newRuntime, null);
      known.add(blockHash!);
    }
    if (event === "bestBlockChanged") assert.ok(known.has(bestBlockHash!));
    for (const hash of rest.finalizedBlockHashes ?? []) assert.ok(known.has(hash));
  }
});

test("the runtime is valid and has the six fields, its APIs as an object", async () => {
  const {initialized} = await follow(client);
  const runtime = (await initialized()).finalizedBlockRuntime!;
  assert.equal(runtime.type, "valid");
  const legacy = await client.call<Record<string, unknown>>("state_getRuntimeVersion");
  assert.deepEqual(runtime.spec, {
    specName: legacy.specName,
    implName: legacy.implName,
    specVersion: legacy.specVersion,
    implVersion: legacy.implVersion,
    transactionVersion: legacy.transactionVersion,
    apis: Object.fromEntries(legacy.apis as [string, number][]),
  });
});

test("sixteen operations at once are taken, and what is too much is refused and can be repeated", async t => {
  const own = await RawClient.open(node.url);
  t.after(() => own.close());
  const {id, initialized, start, run} = await follow(own);
  const hash = (await initialized()).finalizedBlockHashes!.at(-1)!;
  const item = {key: LARGE, type: "descendantsValues"};
  // Each item counts as one, and none of these ends before the next request is read.
  const request = (items: number) => ({
    jsonrpc: "2.0",
    id: `${items} items`,
    method: "chainHead_v1_storage",
    params: [id, hash, new Array(items).fill(item), null],
  });
  const [first, second] = (await own.batch([request(1_000), request(1)])) as [Reply, Reply];
  const {result, discardedItems} = first.result as {result: string; discardedItems: number};
  assert.equal(result, "started");
  // Sixteen at least are asked for; this node takes more.
  assert.equal(discardedItems, 1_000 - 64);
  assert.deepEqual(second.result, {result: "limitReached"});
  await until("there is room again", async () => {
    const ended = await start("call", hash, "Core_version", "0x");
    return ended.result === "started";
  });
  assert.equal((await run("call", hash, "Core_version", "0x")).event, "operationCallDone");
  const small = {key: SUDO_KEY, type: "value"};
  const sixteen = Array.from({length: 16}, () => start("storage", hash, [small], null));
  for (const {result, discardedItems: none} of await Promise.all(sixteen)) {
    assert.deepEqual([result, none], ["started", 0]);
  }
});

test("each misuse has its code, and ended or unknown things can be stopped", async t => {
  const own = await RawClient.open(node.url);
  t.after(() => own.close());
  const {id, initialized, start, run} = await follow(own, false);
  const [first, second] = (await initialized()).finalizedBlockHashes!;
  const code = async (method: string, ...params: unknown[]) =>
    (await own.fail(`chainHead_v1_${method}`, id, ...params)).code;
  assert.equal(await code("call", first, "Core_version", "0x"), -32_802);
  assert.equal(await code("unpin", [first, second, first]), -32_804);
  assert.equal(typeof (await own.call("chainHead_v1_header", id, first)), "string");
  assert.equal(await own.call("chainHead_v1_unpin", id, first), null);
  for (const [method, ...params] of [
    ["header"],
    ["body"],
    ["storage", [{key: SUDO_KEY, type: "value"}], null],
    ["unpin"],
  ] as const) {
    assert.equal(await code(method, first, ...params), -32_801, method);
  }
  const {operationId} = await start("body", second);
  assert.equal((await run("body", second)).event, "operationBodyDone");
  assert.equal(await own.call("chainHead_v1_stopOperation", id, operationId), null);
  assert.equal(await own.call("chainHead_v1_stopOperation", id, "unknown"), null);
  assert.equal((await own.reply("chainHead_v1_unfollow", "unknown")).error, undefined);
  assert.equal((await own.reply("chainHead_v1_unfollow", id)).error, undefined);
  assert.equal((await own.reply("chainHead_v1_unfollow", id)).error, undefined);
  assert.equal(await own.call("chainHead_v1_header", id, second), null);
});

test("storage answers what the legacy methods answer", async () => {
  const {initialized, storage, run} = await follow(client);
  const hash = (await initialized()).finalizedBlockHashes!.at(-1)!;
  const ask = (method: string, ...params: unknown[]) => client.call(method, ...params, hash);
  assert.deepEqual(await storage(hash, [{key: SUDO_KEY, type: "value"}]), [
    {key: SUDO_KEY, value: await ask("state_getStorage", SUDO_KEY)},
  ]);
  assert.deepEqual(await storage(hash, [{key: SUDO_KEY, type: "hash"}]), [
    {key: SUDO_KEY, hash: await ask("state_getStorageHash", SUDO_KEY)},
  ]);
  assert.deepEqual(await storage(hash, [{key: ABSENT, type: "value"}]), []);
  const keys = await client.call<string[]>("state_getKeysPaged", SYSTEM_ACCOUNT, 1_000, null, hash);
  const [{changes}] = (await ask("state_queryStorageAt", keys)) as [{changes: [string, string][]}];
  const values = await storage(hash, [{key: SYSTEM_ACCOUNT, type: "descendantsValues"}]);
  assert.deepEqual(
    values!.map(({key, value}) => [key, value]),
    changes,
  );
  const hashes = await storage(hash, [{key: SYSTEM_ACCOUNT, type: "descendantsHashes"}]);
  assert.deepEqual(
    hashes!.map(({key}) => key),
    keys,
  );
  assert.equal((await run("call", hash, "No_such_fn", "0x")).event, "operationError");
});

test("the Merkle value of a present key is in its read proof", async () => {
  const {initialized, events, start} = await follow(client);
  const hash = (await initialized()).finalizedBlockHashes!.at(-1)!;
  const type = "closestDescendantMerkleValue";
  const {operationId} = await start("storage", hash, [{key: SYSTEM_ACCOUNT, type}], null);
  const items = await events.find(
    "the item",
    event => event.operationId === operationId && event.items !== undefined,
  );
  const [item] = items.items as unknown as [Record<string, string>];
  assert.equal(item.key, SYSTEM_ACCOUNT);
  const merkle = item[type]!.slice(2);
  const [below] = await client.call<string[]>("state_getKeysPaged", SYSTEM_ACCOUNT, 1, null, hash);
  const {proof} = await client.call<{proof: string[]}>("state_getReadProof", [below], hash);
  // A node of at least 32 bytes is told by its hash, which stands in its parent.
  assert.ok(proof.some(encoded => encoded.includes(merkle)));
});
