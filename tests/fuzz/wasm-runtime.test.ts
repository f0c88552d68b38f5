import assert from "node:assert/strict";
import {test} from "node:test";
import {setFlagsFromString} from "node:v8";
import {runInNewContext} from "node:vm";
import {concatBytes, seededRandom, unwrap, utf8Bytes} from "#base";
import {encode, str, u32} from "#codec";
import {createNativeHashing, createNativeSignatureVerifier} from "#crypto-native";
import {memoryState, Overlay} from "#state";
import {customSection} from "#wasm";
import {createRuntime, HOST_FUNCTIONS} from "#wasm-runtime";
import {withinDeadline} from "../../src/node/within-deadline.ts";
import {FUZZED_PARAMETER, fuzzedGuest} from "../../src/wasm-runtime/test-kit/guest.ts";

/** More at night. */
const CALLS = Number(process.env.WASM_FUZZ_CALLS ?? 20_000);
const MODULES = Number(process.env.WASM_FUZZ_MODULES ?? 500);
/** Milliseconds: a module that was written over may go on for ever. */
const PATIENCE = 100;
/** Bytes by which memory may differ when all is done. */
const FLAT = 64 * 1024 * 1024;
/** Of random bytes that arguments point into. */
const PAYLOAD = 200;
const WARM_UP = 2_000;

const hashing = await createNativeHashing();
const crypto = {hashing, signatures: createNativeSignatureVerifier(hashing)};
const random = seededRandom(20_261_128);
const below = (bound: number) => Math.floor(random() * bound);
const randomBytes = (length: number) => Uint8Array.from({length}, () => below(256));
const random64 = () => (BigInt(below(2 ** 32)) << 32n) | BigInt(below(2 ** 32));

/** So that nothing has to be run to know what it is. */
const VERSION = concatBytes(
  ...["fuzzed", "fuzzed"].map(name => encode(str, name)),
  ...[1, 1, 1].map(number => encode(u32, number)),
  Uint8Array.of(0),
);
const module = concatBytes(fuzzedGuest(), customSection("runtime_version", VERSION));
const state = memoryState(
  ["", "k", "key", ":code"].map(key => [key, utf8Bytes(key)] as const),
  data => hashing.blake2b256(data),
  0,
  [["child", [["k", Uint8Array.of(1)]]]],
);
const host = () => ({state: new Overlay(state), verifySignature: () => random() < 0.5});

/** Parameters that mostly point into the payload behind them, sometimes are small numbers, and sometimes anything. */
function argumentsOf({params}: (typeof HOST_FUNCTIONS)[number]): Uint8Array {
  const size = params.length * FUZZED_PARAMETER;
  const args = concatBytes(new Uint8Array(size), randomBytes(PAYLOAD));
  const view = new DataView(args.buffer);
  // The shortest of keys, numbers and lists are what hits something.
  if (random() < 0.5) args.fill(0, size, size + below(PAYLOAD));
  for (const [i, {type}] of params.entries()) {
    const at = i * FUZZED_PARAMETER;
    const kind = random();
    const offset = BigInt(size + below(PAYLOAD));
    const length = type === "span" ? BigInt(below(random() < 0.5 ? 8 : PAYLOAD)) : 0n;
    const value =
      kind < 0.7 ? (length << 32n) | offset : kind < 0.9 ? BigInt(below(4)) : random64();
    view.setBigUint64(at, value, true);
    view.setBigUint64(at + 8, kind < 0.7 ? 1n : 0n, true);
  }
  return args;
}

// What nobody refers to any more is no memory left behind, and goes when the engine finds time.
setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

/** Buffers are freed on another thread after a collection; the next one waits for that. */
function collect(): void {
  gc();
  gc();
}

function memoryAfter(work: () => void): number {
  collect();
  const before = process.memoryUsage();
  work();
  collect();
  const after = process.memoryUsage();
  return after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
}

test(`${CALLS} calls of host functions with anything come to an answer or a trap, and leave no memory behind`, () => {
  const runtime = unwrap(createRuntime(module, crypto));
  const outcomes = new Map<string, number>();
  const calls = (count: number) => {
    for (let i = 0; i < count; i++) {
      const described = HOST_FUNCTIONS[below(HOST_FUNCTIONS.length)]!;
      const over = host();
      const called = runtime.call(described.name, argumentsOf(described), over);
      const outcome = called.ok ? "ok" : called.error.code;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      assert.equal(over.state.depth, 0);
    }
  };
  calls(WARM_UP);
  const grown = memoryAfter(() => calls(CALLS));
  assert.deepEqual([...outcomes.keys()].sort(), ["ok", "trap"]);
  for (const count of outcomes.values())
    assert.ok(count > CALLS / 10, JSON.stringify([...outcomes]));
  assert.ok(grown < FLAT, `${grown} bytes more`);
});

test(`${MODULES} modules written over at random are refused or run to an answer, a trap or the end of patience`, () => {
  const within = withinDeadline(PATIENCE);
  const outcomes = new Map<string, number>();
  const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  for (let i = 0; i < MODULES; i++) {
    const changed = module.slice();
    for (let byte = below(3); byte >= 0; byte--) changed[below(changed.length)] = below(256);
    const runtime = createRuntime(changed, crypto, {heapPages: 16, within});
    if (!runtime.ok) {
      count("refused");
      continue;
    }
    for (let call = 0; call < 5; call++) {
      const described = HOST_FUNCTIONS[below(HOST_FUNCTIONS.length)]!;
      const called = runtime.value.call(described.name, argumentsOf(described), host());
      count(called.ok ? "ok" : called.error.code);
    }
  }
  const known = ["function-not-found", "given-up", "ok", "refused", "trap"];
  for (const outcome of outcomes.keys()) assert.ok(known.includes(outcome), outcome);
  for (const often of ["ok", "refused", "trap"])
    assert.ok((outcomes.get(often) ?? 0) > MODULES / 20);
});
