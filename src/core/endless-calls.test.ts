import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, concatBytes, equalBytes, type Logger, unwrap} from "#base";
import {encode, str, u32} from "#codec";
import {createPortableHashing, createPortableSignatureVerifier} from "#crypto";
import type {Runtime} from "#runtime-api";
import {customSection, i32, i64, whileTrue} from "#wasm";
import {createRuntime} from "#wasm-runtime";
import {createChainAnswers} from "../node/answers/chain.ts";
import {withinDeadline} from "../node/within-deadline.ts";
import {guestWriter} from "../wasm-runtime/test-kit/guest.ts";
import {ImportQueue} from "./chain/import-queue.ts";
import {importOutcome} from "./sync/import-outcome.ts";
import {foreignCoreForTests} from "./test-kit/core-for-tests.ts";
import {signedCall} from "./test-kit/signed-call.ts";

const NAMES = ["Alice", "Bob", "Charlie", "Dave"];
/** Milliseconds. */
const PATIENCE = 250;
const WORD = Uint8Array.of(0xbe, 0xef, 0xbe, 0xef);

const CALLS = ["Core_execute_block", "BlockBuilder_apply_extrinsic", "Core_version", "Test_call"];

/** A module whose functions go on for ever. */
function endless(): Runtime {
  const writer = guestWriter();
  const run = writer.define(["i32", "i32"], "i64", () => [
    ...whileTrue(i32.const(1), []),
    ...i64.const(0n),
  ]);
  for (const name of CALLS) writer.exportFunction(name, run);
  const version = concatBytes(
    ...["endless", "endless"].map(name => encode(str, name)),
    ...[1, 1, 1].map(number => encode(u32, number)),
    Uint8Array.of(0),
  );
  const code = concatBytes(writer.finish(), customSection("runtime_version", version));
  const crypto = {hashing: createPortableHashing(), signatures: createPortableSignatureVerifier()};
  return unwrap(createRuntime(code, crypto, {heapPages: 16, within: withinDeadline(PATIENCE)}));
}

interface Slowness {
  isEndless: boolean;
  /** How often a call of those that may not end was made. */
  runs: number;
}

/** A runtime that comes upon something endless where a word stands in a call's arguments, while that is so. */
function comingUpon(loop: Runtime, names: readonly string[], state: Slowness) {
  const word = bytesToBinary(WORD);
  const changed = new Map<Runtime, Runtime>();
  const change = (runtime: Runtime): Runtime => ({
    ...runtime,
    version: runtime.version,
    watched: (name, work) => loop.watched!(name, work),
    call(name, args, host) {
      if (names.includes(name)) state.runs++;
      return state.isEndless && names.includes(name) && bytesToBinary(args).includes(word)
        ? loop.call(name, args, host)
        : runtime.call(name, args, host);
    },
  });
  // One runtime is one object, or each look at it would be an upgrade.
  return (runtime: Runtime): Runtime => {
    const known = changed.get(runtime) ?? change(runtime);
    changed.set(runtime, known);
    return known;
  };
}

const nodeOf = (names: readonly string[], state: Slowness) =>
  foreignCoreForTests(NAMES, {change: comingUpon(endless(), names, state)});

const remark = (
  {core, crypto}: Awaited<ReturnType<typeof nodeOf>>,
  uri: string,
  words: Uint8Array,
) => signedCall(core, crypto, {uri}, {call: "System.remark", args: {remark: words}});

test("a block that does not end is given up, named and set aside; nobody is blamed, and it comes in when it is offered later", async () => {
  const fine = {isEndless: false, runs: 0};
  const slow = {isEndless: true, runs: 0};
  const a = await nodeOf([], fine);
  const b = await nodeOf(["Core_execute_block"], slow);
  unwrap(await a.core.pool.submit("External", remark(a, "//Alice", WORD)));
  const {hash} = await a.make(1);
  const {chain} = a.core;
  b.clock.advanceTo(a.clock.now());
  const said: string[] = [];
  const logger: Logger = {log: (_, __, message) => void said.push(message)};
  const queue = new ImportQueue({
    importer: b.core.importer,
    chain: b.core.chain,
    clock: b.clock,
    time: b.clock,
    logger,
    slots: b.core.slots,
    yieldThread: async () => {},
    onFatal: error => {
      throw error;
    },
  });
  const offered = () =>
    new Promise<Parameters<Parameters<ImportQueue["push"]>[0]["done"]>[0]>(done =>
      queue.push({
        hash,
        header: chain.header(hash)!,
        body: chain.body(hash)!,
        origin: "announced",
        done,
      }),
    );
  const first = await offered();
  assert.ok(!first.ok && first.error.code === "given-up");
  assert.deepEqual(importOutcome(first.error), {kind: "unchecked"});
  assert.match(said[0]!, /^block-given-up: block 1 could not be executed to its end: .*250 ms/);
  // Offered again at once it costs nothing: it is not run.
  const {runs} = slow;
  assert.ok(runs > 0);
  const again = await offered();
  assert.ok(!again.ok && again.error.code === "set-aside");
  assert.deepEqual(importOutcome(again.error), {kind: "unchecked"});
  assert.equal(slow.runs, runs);
  assert.equal(said.length, 1);
  // The node goes on, with other blocks too.
  assert.equal(b.core.chain.head.number, 0);
  slow.isEndless = false;
  b.clock.advanceTo((b.clock.now() + 60_000) as never);
  const later = await offered();
  assert.ok(later.ok);
  assert.ok(equalBytes(b.core.chain.head.hash, hash));
});

test("a transaction that does not end costs the slot; its watcher is told, and the next block is made without it", async () => {
  const state = {isEndless: true, runs: 0};
  const node = await nodeOf(["BlockBuilder_apply_extrinsic"], state);
  const {pool, chain} = node.core;
  const [bad, good] = [remark(node, "//Alice", WORD), remark(node, "//Bob", Uint8Array.of(1))];
  const told: string[] = [];
  unwrap(await pool.submit("External", bad, ({kind}) => void told.push(kind)));
  unwrap(await pool.submit("External", good));
  await assert.rejects(node.make(1), /given up after 250 ms/);
  assert.equal(chain.head.number, 0);
  const made = await node.make(2);
  const body = chain.body(made.hash)!;
  assert.ok(body.some(one => equalBytes(one, good)));
  assert.ok(!body.some(one => equalBytes(one, bad)));
  assert.deepEqual(told, ["ready", "invalid"]);
  const refused = await pool.submit("External", bad);
  assert.ok(!refused.ok && refused.error.code === "temporarily-banned");
});

test("a call of a client's that does not end is an answer to that client, and the next one is served", async () => {
  const state = {isEndless: true, runs: 0};
  const node = await nodeOf(["Core_version"], state);
  const {core} = node;
  const answers = createChainAnswers(
    core.chain,
    {verifySignature: () => false},
    {clock: node.clock, yieldThread: async () => {}},
    () => {},
  );
  const best = core.chain.best().hash;
  const endlessly = answers.call(best, "Core_version", WORD);
  assert.ok(!endlessly.ok && endlessly.error.code === "given-up");
  assert.ok(answers.call(best, "Core_version", new Uint8Array(0)).ok);
});
