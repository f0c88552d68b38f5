import assert from "node:assert/strict";
import {test} from "node:test";
import {err, millis, ok, type Result, Slices, unwrap} from "#base";
import {createPortableCrypto} from "#crypto";
import type {Header} from "#primitives";
import type {ApiFailure, Runtime, RuntimeHost} from "#runtime-api";
import {memoryState} from "#state";
import {inlineSignatures} from "../signatures/inline-signatures.ts";
import {SignatureChecks} from "../signatures/signature-checks.ts";
import {type BlockToExecute, executeOnTrust} from "./execute-on-trust.ts";

const crypto = createPortableCrypto(length => new Uint8Array(length).fill(3));
const pair = unwrap(crypto.keyPairs.fromUri("ed25519", "//Alice"));
const message = Uint8Array.of(1, 2, 3);
const account = pair.publicKey;
const good = pair.sign(message);
const bad = good.map((byte, i) => (i === 5 ? byte ^ 1 : byte));
const header: Header = {
  parentHash: new Uint8Array(32),
  number: 1,
  stateRoot: new Uint8Array(32),
  extrinsicsRoot: new Uint8Array(32),
  digest: [],
};

/** Executes a block with one signature by a runtime that writes down what it was told, and says what came of it. */
async function execute(
  signature: Uint8Array,
  {
    takesPromises = false,
    answer = (_holds: boolean): Result<Uint8Array, ApiFailure> => ok(new Uint8Array(0)),
  } = {},
) {
  const told: boolean[] = [];
  const runtime = {
    takesPromises,
    call(_: string, __: Uint8Array, host: RuntimeHost) {
      const holds = host.verifySignature({scheme: "ed25519", signature, message, account});
      told.push(holds);
      host.state.set("told", Uint8Array.of(holds ? 1 : 0));
      return answer(holds);
    },
  } as unknown as Runtime;
  const parent = memoryState([], data => crypto.hashing.blake2b256(data));
  let waited = 0;
  const executed = await executeOnTrust(
    {runtime, parent, block: {header, extrinsics: []}, proofSize: "unrecorded"},
    new SignatureChecks(crypto, inlineSignatures(crypto)),
    () => waited++,
  );
  const wrote = executed.ok ? executed.value.state.get("told")?.[0] : undefined;
  return {told, executed, wrote, waited};
}

test("where all signatures hold, one execution counts, whichever runtime it is", async () => {
  for (const takesPromises of [true, false]) {
    const {told, wrote, executed, waited} = await execute(good, {takesPromises});
    assert.deepEqual(told, [true]);
    assert.ok(executed.ok && executed.value.answer.ok);
    assert.equal(wrote, 1);
    assert.equal(waited, 1);
  }
});

test("one that does not hold refuses the block of a runtime that takes promises", async () => {
  const {told, executed} = await execute(bad, {takesPromises: true});
  assert.deepEqual(told, [true]);
  assert.deepEqual(executed, err("bad-signature"));
});

test("any other runtime is run once more with the truth, and what it wrote then counts alone", async () => {
  const {told, executed, wrote} = await execute(bad);
  assert.deepEqual(told, [true, false]);
  assert.ok(executed.ok && executed.value.answer.ok);
  assert.equal(wrote, 0);
});

test("that it traps on a signature that it wrongly took to hold says nothing", async () => {
  const trap: ApiFailure = {code: "trap", name: "Core_execute_block", message: "on a good one"};
  const {told, executed, waited} = await execute(bad, {
    answer: holds => (holds ? err(trap) : ok(new Uint8Array(0))),
  });
  assert.deepEqual(told, [true, false]);
  assert.ok(executed.ok && executed.value.answer.ok);
  assert.equal(waited, 0, "nobody builds on what trapped");
  const onGood = await execute(good, {answer: () => err(trap)});
  assert.deepEqual(onGood.told, [true]);
  assert.ok(onGood.executed.ok && !onGood.executed.value.answer.ok);
});

test("what does not end is not run twice", async () => {
  const {told, executed} = await execute(bad, {
    answer: () => err({code: "given-up", name: "Core_execute_block", milliseconds: 50}),
  });
  assert.deepEqual(told, [true]);
  assert.ok(executed.ok && !executed.value.answer.ok);
});

test("the last signatures are looked at while the root is computed, which no extrinsic comes after", async () => {
  const seen: string[] = [];
  const pool = inlineSignatures(crypto);
  const checks = new SignatureChecks(crypto, {
    verifyBatch(requests, {isLast} = {}) {
      seen.push(`${requests.length} ${isLast ? "at once" : "in their turn"}`);
      return pool.verifyBatch(requests);
    },
  });
  const runtime = {
    takesPromises: true,
    call(_: string, __: Uint8Array, {state, verifySignature}: RuntimeHost) {
      verifySignature({scheme: "ed25519", signature: good, message, account});
      state.root(1);
      seen.push("root is there");
      return ok(new Uint8Array(0));
    },
  } as unknown as Runtime;
  const parent = memoryState([], data => crypto.hashing.blake2b256(data));
  const toExecute: BlockToExecute = {
    runtime,
    parent,
    block: {header, extrinsics: []},
    proofSize: "unrecorded",
  };
  const executed = await executeOnTrust(toExecute, checks, () => {});
  assert.ok(executed.ok && executed.value.answer.ok);
  assert.deepEqual(seen, ["1 at once", "root is there"]);
});

test("a runtime that pauses has the thread no longer than for a slice, and one that does not is left to its end", async () => {
  for (const pauses of [true, false]) {
    let now = 0;
    let yielded = 0;
    const done: number[] = [];
    const steps = function* (): Generator<void, Result<Uint8Array, never>> {
      for (let i = 0; i < 10; i++) {
        done.push(yielded);
        now += 3;
        yield;
      }
      return ok(new Uint8Array(0));
    };
    const runtime = {
      call: () => ok(new Uint8Array(0)),
      ...(pauses ? {callInSteps: steps} : {}),
    } as unknown as Runtime;
    const slices = new Slices({
      clock: {now: () => millis(now)},
      yieldThread: async () => {
        yielded++;
      },
    });
    const parent = memoryState([], data => crypto.hashing.blake2b256(data));
    const executed = await executeOnTrust(
      {runtime, parent, block: {header, extrinsics: []}, proofSize: "unrecorded", slices},
      new SignatureChecks(crypto, inlineSignatures(crypto)),
      () => {},
    );
    assert.ok(executed.ok && executed.value.answer.ok);
    // Nine milliseconds are the first to be as long as a slice.
    assert.deepEqual(done, pauses ? [0, 0, 0, 1, 1, 1, 2, 2, 2, 3] : []);
  }
});
