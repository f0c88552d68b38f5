import assert from "node:assert/strict";
import {test} from "node:test";
import {startKhala} from "../support/khala-process.ts";
import {failRpc, rpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

const CHILD = `0x${Buffer.from(":child_storage:default:x").toString("hex")}`;
/** System.Account. */
const ACCOUNTS = "26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";

interface Trace {
  readonly blockTrace: {
    readonly spans: {id: number; parentId: number | null; name: string; target: string}[];
    readonly events: {parentId: number; data: {stringValues: Record<string, string>}}[];
  };
}

test("a block's execution can be traced, and its proof measured", async t => {
  const node = await startKhala(["dev", "--rpc-port=0", "--seal=manual"]);
  t.after(() => node.stop());
  const created = await rpc<{hash: string}>(node.url, "engine_createBlock", [true, true]);
  const {blockTrace} = await rpc<Trace>(node.url, "state_traceBlock", [created.hash]);
  const [whole, ...parts] = blockTrace.spans;
  assert.deepEqual(
    [whole!.name, whole!.target, whole!.parentId],
    ["execute_block", "frame_executive", null],
  );
  assert.deepEqual(
    parts.map(({name, parentId}) => [name, parentId]),
    [
      ["init_block", whole!.id],
      ["apply_extrinsic", whole!.id],
      ["finalize_block", whole!.id],
    ],
  );
  assert.ok(blockTrace.events.every(({parentId}) => parts.some(({id}) => id === parentId)));
  const some = await rpc<Trace>(node.url, "state_traceBlock", [
    created.hash,
    "state",
    ACCOUNTS,
    "Get",
  ]);
  assert.deepEqual(some.blockTrace.spans, []);
  for (const {data} of some.blockTrace.events) {
    assert.equal(data.stringValues.method, "Get");
    assert.ok(data.stringValues.key!.startsWith(ACCOUNTS));
  }
  const unknown = await rpc<{traceError: {error: string}}>(node.url, "state_traceBlock", [
    `0x${"00".repeat(32)}`,
  ]);
  assert.equal(unknown.traceError.error, "Block not found");
  const stats = await rpc<Record<string, number>>(node.url, "dev_getBlockStats", [created.hash]);
  assert.equal(stats.numExtrinsics, 1);
  assert.ok(stats.witnessLen! > stats.witnessCompactLen! && stats.witnessCompactLen! > 1_000);
  const genesis = await rpc(node.url, "chain_getBlockHash", [0]);
  assert.equal(await rpc(node.url, "dev_getBlockStats", [genesis]), null);
});

test("child tries are empty in every shape, offchain values outlive the node, logs say more on demand", async t => {
  const base = await temporaryFolder("legacy");
  const flags = ["dev", "--rpc-port=0", "--param=slot=200ms", `--base-path=${base}`];
  const node = await startKhala(flags);
  const ask = (method: string, ...params: unknown[]) => rpc(node.url, method, params);
  assert.deepEqual(await ask("childstate_getKeys", CHILD, "0x"), []);
  assert.deepEqual(await ask("childstate_getKeysPaged", CHILD, null, 10), []);
  assert.equal(await ask("childstate_getStorage", CHILD, "0x01"), null);
  assert.equal(await ask("childstate_getStorageHash", CHILD, "0x01"), null);
  assert.equal(await ask("childstate_getStorageSize", CHILD, "0x01"), null);
  assert.deepEqual(await ask("childstate_getStorageEntries", CHILD, ["0x01", "0x02"]), [
    null,
    null,
  ]);
  const proof = (await ask("state_getChildReadProof", CHILD, ["0x01"])) as {proof: string[]};
  assert.ok(proof.proof.length > 0);
  const wrong = await failRpc(node.url, "childstate_getStorage", ["0x01", "0x01"]);
  assert.deepEqual([wrong.code, wrong.message], [4_003, "Client error: Invalid child storage key"]);

  assert.equal(await ask("offchain_localStorageSet", "PERSISTENT", "0x01", "0xabcd"), null);
  assert.equal(await ask("offchain_localStorageGet", "PERSISTENT", "0x02"), null);
  assert.equal(
    (await failRpc(node.url, "offchain_localStorageGet", ["LOCAL", "0x01"])).code,
    5_001,
  );

  assert.equal(await ask("system_addLogFilter", "debug"), null);
  assert.equal((await failRpc(node.url, "system_addLogFilter", ["loud"])).code, -32_602);
  await ask("system_resetLogFilter");
  assert.equal(await node.stop(), 0);

  const again = await startKhala(flags);
  t.after(() => again.stop());
  assert.equal(await rpc(again.url, "offchain_localStorageGet", ["PERSISTENT", "0x01"]), "0xabcd");
  assert.equal(await rpc(again.url, "offchain_localStorageClear", ["PERSISTENT", "0x01"]), null);
  assert.equal(await rpc(again.url, "offchain_localStorageGet", ["PERSISTENT", "0x01"]), null);
});

test("the spec that a node hands out has the node among its boot nodes", async t => {
  const node = await startKhala(["dev", "--rpc-port=0"]);
  t.after(() => node.stop());
  const spec = await rpc<{bootNodes: string[]; genesis: {raw: {top: object}}}>(
    node.url,
    "sync_state_genSyncSpec",
    [true],
  );
  const id = await rpc<string>(node.url, "system_localPeerId", []);
  assert.ok(spec.bootNodes.some(address => address.endsWith(`/p2p/${id}`)));
  assert.ok(Object.keys(spec.genesis.raw.top).length > 10);
  const readable = await rpc<{genesis: object}>(node.url, "sync_state_genSyncSpec", [false]);
  assert.ok("runtimeGenesis" in readable.genesis);
  const state = await rpc<{peerId: string}>(node.url, "system_unstable_networkState", []);
  assert.equal(state.peerId, id);
});
