import assert from "node:assert/strict";
import {test} from "node:test";
import {ok, unwrap} from "#base";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {presetSpec} from "../../chain-spec/presets/preset-spec.ts";
import {
  type CoreForTests,
  coreForTests,
  type ForeignCoreOptions,
  foreignCoreForTests,
} from "../../core/test-kit/core-for-tests.ts";
import {deskForTests} from "../../desk/test-kit/desk-for-tests.ts";
import type {StorageFigures} from "../watch-storage.ts";
import {createMetrics} from "./index.ts";

const named = (name: string) => WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!;

const metricsOf = async (names: readonly string[]) => metricsOver(await coreForTests(names));

function metricsOver(kit: CoreForTests) {
  const {desk, journal} = deskForTests(kit);
  let figures: StorageFigures = {size: undefined, damages: 0, index: undefined};
  const {registry, rpc} = createMetrics({
    configuration: {spec: presetSpec("local")!, version: "0.0.0", collator: true},
    core: kit.core,
    store: kit.store,
    storage: () => figures,
    desk,
    journal,
    freeSpace: () => 1,
  });
  /** Undefined where a metric has no value. */
  const value = async (name: string): Promise<number | undefined> => {
    const text = await registry.metrics();
    const line = text.split("\n").find(each => each.replace(/\{.*\} /, " ").startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.split(" ").at(-1));
  };
  const tell = (told: StorageFigures) => {
    figures = told;
  };
  return {kit, desk, registry, rpc, value, tell};
}

test("a clock that nobody speaks of has no offset, and no old one either when they fall silent", async () => {
  const {kit, value} = await metricsOf(["Alice"]);
  const offset = () => value("khala_clock_offset_seconds");
  assert.equal(await value("khala_clock_bound_seconds"), 1);
  assert.equal(await offset(), undefined);
  kit.core.clockWatch.ntpSays(250);
  assert.equal(await offset(), 0.25);
  kit.core.clockWatch.ntpSays(undefined);
  assert.equal(await offset(), undefined);
  kit.core.clockWatch.ntpSays(0);
  assert.equal(await offset(), 0);
});

test("what the database takes and whether it is whole is told, of an index where there is one", async () => {
  const {value, tell} = await metricsOf(["Alice"]);
  assert.equal(await value("khala_database_bytes"), undefined);
  assert.equal(await value("khala_database_damages_number"), 0);
  assert.equal(await value("khala_index_ready"), undefined);
  const index = {isReady: false, blocks: 3, bytes: 500, damaged: 2, repaired: 1};
  tell({size: 4_096, damages: 7, index});
  const names = ["database_bytes", "database_damages_number", "index_ready", "index_bytes"];
  const more = ["index_damaged_number", "index_repaired_number"];
  const told = [];
  for (const name of [...names, ...more]) told.push(await value(`khala_${name}`));
  assert.deepEqual(told, [4_096, 7, 0, 500, 2, 1]);
  tell({size: 4_096, damages: 7, index: {...index, isReady: true}});
  assert.equal(await value("khala_index_ready"), 1);
});

test("keys match, or are missing, or nobody expects any", async () => {
  const {kit, desk, value} = await metricsOf(["Alice"]);
  const match = () => value("khala_keys_match");
  assert.equal(await match(), 1);
  // An invulnerable whose keys are elsewhere; an account that has to do with none of it.
  desk.watch(named("Bob").sr25519);
  assert.equal(await match(), 0);
  desk.watch(named("Eve").sr25519);
  assert.equal(desk.status().keys?.verdict, "not-registered");
  assert.equal(await match(), undefined);
  desk.watch(undefined);
  const {uri, sr25519} = named("Alice");
  unwrap(kit.keystore.insert("aura", uri, sr25519));
  assert.equal(await match(), 1);
});

test("sizes of proofs are counted where they are noted, and nowhere else", async () => {
  const sizes = async (options: ForeignCoreOptions) => {
    const kit = await foreignCoreForTests(["Alice", "Bob", "Charlie", "Dave"], options);
    const {registry} = metricsOver(kit);
    const {hash} = await kit.make(0);
    const {values} = await registry.getSingleMetric("khala_block_proof_bytes")!.get();
    const of = (end: string) =>
      values.find(one => "metricName" in one && String(one.metricName).endsWith(end))?.value;
    return {count: of("_count"), sum: of("_sum"), known: kit.core.chain.bytesOfProof(hash)};
  };
  const {count, sum, known} = await sizes({judge: () => ok()});
  assert.equal(count, 1);
  assert.ok(known !== undefined && known > 1_000 && sum === known);
  const none = await sizes({});
  assert.deepEqual([none.known, none.count ?? 0], [undefined, 0]);
});

test("a node that holds no key that the chain knows can sign for nobody", async () => {
  const {value} = await metricsOf([]);
  assert.equal(await value("khala_keys_match"), 0);
});

test("the pool's work is counted by Substrate's names, and forks by their ends", async () => {
  const {kit, value} = await metricsOf(["Alice", "Bob", "Charlie", "Dave"]);
  const pool = (name: string) => value(`substrate_sub_txpool_${name}`);
  assert.equal(await value("substrate_number_leaves"), 1);
  assert.equal(await pool("validations_scheduled"), 0);
  // Well framed, and no transaction of any runtime.
  const nonsense = Uint8Array.of(8, 4, 0xff);
  assert.equal((await kit.core.pool.submit("External", nonsense)).ok, false);
  assert.equal(await pool("submitted_transactions"), 1);
  assert.equal(await pool("validations_finished"), 1);
  const {hash} = await kit.make(0);
  const inherents = kit.core.chain.body(hash)!.length;
  assert.ok(inherents > 0);
  assert.equal(await pool("block_transactions_pruned"), inherents);
  assert.equal(await value("substrate_number_leaves"), 1);
});

test("each metric of ours and of Substrate's says what a bad value means", async () => {
  const {registry} = await metricsOf([]);
  const ours = registry.getMetricsAsArray().filter(({name}) => /^(khala|substrate)_/.test(name));
  assert.ok(ours.length > 20);
  const silent = ours.filter(({help}) => !/\bBad: .+\.$/.test(help));
  assert.deepEqual(
    silent.map(({name}) => name),
    [],
  );
});

test("calls are counted and timed by method", async () => {
  const {registry, rpc} = await metricsOf([]);
  rpc.callStarted("system_name");
  rpc.callFinished("system_name", 2, false);
  rpc.callFinished("state_call", 900, true);
  const took = await registry.getSingleMetric("substrate_rpc_calls_time")!.get();
  const sums = took.values
    .filter(one => "metricName" in one && String(one.metricName).endsWith("_sum"))
    .map(({labels, value}) => [labels.method, value]);
  assert.deepEqual(sums, [
    ["system_name", 2_000],
    ["state_call", 900_000],
  ]);
});
