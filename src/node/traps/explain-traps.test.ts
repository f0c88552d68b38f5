import assert from "node:assert/strict";
import {test} from "node:test";
import {err, type LogLevel, millis, ok, unwrap, VirtualClock} from "#base";
import type {Runtime, RuntimeEngine} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import {hashing} from "../../description/test-kit/our-metadata.ts";
import {explainTraps} from "./explain-traps.ts";
import {TrapLog} from "./trap-log.ts";

const place = {stack: ["pallet::hook"], touched: []};
const state = () => new Overlay(memoryState([], data => hashing.blake2b256(data)));
const host = () => ({state: state(), verifySignature: () => true});
const NOTHING = new Uint8Array(0);

/** Traps in every call; an engine has it under two codes. */
function trapping() {
  const runtime = {
    version: {specName: "toy"},
    call: (name: string) => err({code: "trap", name, message: "it panicked", place}),
  } as unknown as Runtime;
  const engine: RuntimeEngine = {takes: () => true, runtimeOf: () => ok(runtime)};
  const lines: [LogLevel, string, string][] = [];
  const clock = new VirtualClock(millis(0));
  const log = new TrapLog(clock, {
    log: (level, target, message) => void lines.push([level, target, message]),
  });
  const explained = explainTraps(engine, {hashing, log});
  const code = {bytes: NOTHING, hash: NOTHING};
  const found = () => unwrap(explained.runtimeOf(code, state()));
  return {runtime: found(), again: found(), lines, clock};
}

test("a trap is told in the log with its facts, and these go to whoever called", () => {
  const {runtime, again, lines} = trapping();
  assert.equal(runtime, again);
  const answer = runtime.call("Core_execute_block", NOTHING, host());
  assert.ok(!answer.ok && answer.error.code === "trap");
  assert.deepEqual(answer.error.facts, [["stack", "pallet::hook"]]);
  const [[level, target, message]] = lines as [[string, string, string]];
  assert.deepEqual([level, target], ["warn", "runtime"]);
  assert.match(message, /^runtime-trapped: Core_execute_block: it panicked\n/);
  assert.match(message, /stack\s+pallet::hook\n.*did\s+the block is not taken\n.*do\s/s);
});

test("however often transactions trap, one is told a minute, with how many more there were", () => {
  const {runtime, lines, clock} = trapping();
  const name = "TaggedTransactionQueue_validate_transaction";
  const validate = () => runtime.call(name, NOTHING, host());
  for (let i = 0; i < 1_000; i++) validate();
  assert.equal(lines.length, 1);
  const untold = validate();
  assert.ok(!untold.ok && untold.error.code === "trap" && untold.error.facts === undefined);
  clock.advanceTo(millis(60_000));
  validate();
  assert.equal(lines.length, 2);
  assert.match(lines[1]![2], /more\s+1000 since the last one told/);
});

test("names of calls that clients made up share one pace, and each client has its facts", () => {
  const {runtime, lines} = trapping();
  for (let i = 0; i < 100; i++) {
    const answer = runtime.call(`Made_up_${i}`, NOTHING, host());
    assert.ok(!answer.ok && answer.error.code === "trap" && answer.error.facts?.length === 1);
  }
  assert.deepEqual(
    lines.map(([level]) => level),
    ["debug"],
  );
});

test("what does not trap is left alone", () => {
  const runtime = {call: () => ok(Uint8Array.of(1))} as unknown as Runtime;
  const engine: RuntimeEngine = {takes: () => false, runtimeOf: () => ok(runtime)};
  const log = {isDue: () => assert.fail(), tell: () => assert.fail()};
  const explained = explainTraps(engine, {hashing, log});
  const code = {bytes: NOTHING, hash: NOTHING};
  assert.equal(explained.takes(code), false);
  const found = unwrap(explained.runtimeOf(code, state()));
  assert.deepEqual(found.call("Core_version", NOTHING, host()), ok(Uint8Array.of(1)));
});

test("what a client or a peer asked for is told to them, and not to the log", () => {
  const {runtime, lines} = trapping();
  const answer = runtime.call("Core_execute_block", NOTHING, {...host(), isAsked: true});
  assert.ok(!answer.ok && answer.error.code === "trap");
  assert.deepEqual(answer.error.facts, [["stack", "pallet::hook"]]);
  assert.deepEqual(lines, []);
});

test("code is got ready by the engine that is explained", async () => {
  const asked: unknown[] = [];
  const engine: RuntimeEngine = {
    takes: () => true,
    runtimeOf: () => err({reason: "not asked for", isOfOtherVersion: false}),
    prepare: async code => void asked.push(code),
  };
  const log = new TrapLog(new VirtualClock(millis(0)), {log: () => {}});
  const code = {bytes: NOTHING, hash: NOTHING};
  await explainTraps(engine, {hashing, log}).prepare?.(code);
  assert.deepEqual(asked, [code]);
});
