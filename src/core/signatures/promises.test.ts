import assert from "node:assert/strict";
import {test} from "node:test";
import {hex, type Result, unwrap} from "#base";
import {encode} from "#codec";
import {createPortableCrypto} from "#crypto";
import {DEFAULT_VALIDITY, transactionValidity} from "#primitives";
import type {Runtime, RuntimeHost} from "#runtime-api";
import {memoryState, Overlay, type StateView} from "#state";
import type {Blockchain} from "../chain/blockchain.ts";
import {createValidator} from "../pool/validate.ts";
import {inlineSignatures} from "./inline-signatures.ts";
import {SignatureChecks} from "./signature-checks.ts";

const crypto = createPortableCrypto(length => new Uint8Array(length).fill(3));
const pair = unwrap(crypto.keyPairs.fromUri("ed25519", "//Alice"));
const message = Uint8Array.of(1, 2, 3);

/** `TaggedTransactionQueue` as it has been since 2021. */
const QUEUE = [hex("0xd2bc9897eed08f15"), 3] as const;

/** A runtime that calls an extrinsic valid whatever its signature is, and says which answers it got. */
function runtimeThatAsks(signature: Uint8Array, takesPromises: boolean) {
  const answers: boolean[] = [];
  const runtime = {
    version: {apis: [QUEUE]},
    takesPromises,
    call(_: string, __: Uint8Array, {verifySignature}: RuntimeHost): Result<Uint8Array, never> {
      const account = pair.publicKey;
      answers.push(verifySignature({scheme: "ed25519", signature, message, account}));
      const validity = {...DEFAULT_VALIDITY, provides: [Uint8Array.of(1)]};
      return {ok: true, value: encode(transactionValidity, {ok: true, value: validity})};
    },
  } as unknown as Runtime;
  return {runtime, answers};
}

function validatorOf(
  runtime: Runtime,
  onFatal: (fault: unknown) => void = fault => assert.fail(String(fault)),
) {
  const state = memoryState([], data => crypto.hashing.blake2b256(data));
  const chain = {
    head: {state, number: 4, hash: new Uint8Array(32)},
    isAnnounced: () => true,
    runtimeOf: () => ({ok: true, value: runtime}),
    host: (view: StateView, rest: Pick<RuntimeHost, "verifySignature">) => ({
      verifySignature: rest.verifySignature,
      state: new Overlay(view),
    }),
  } as unknown as Blockchain;
  const signatures = new SignatureChecks(crypto, inlineSignatures(crypto));
  return createValidator(chain, signatures, {onFatal, yieldThread: async () => {}});
}

const good = pair.sign(message);
const bad = good.map((byte, i) => (i === 5 ? byte ^ 1 : byte));

test("a runtime that takes promises is told yes, and a signature that does not hold undoes its word", async () => {
  const {runtime, answers} = runtimeThatAsks(bad, true);
  const {validity} = unwrap(await validatorOf(runtime)("External", Uint8Array.of(4, 0)));
  assert.deepEqual(answers, [true]);
  assert.deepEqual(validity, {ok: false, error: {type: "Invalid", value: {type: "BadProof"}}});
});

test("any other runtime is asked once more where it was not told the truth, and its word stands: it may do what it likes with a bad one", async () => {
  for (const [signature, told] of [
    [good, [true]],
    [bad, [true, false]],
  ] as const) {
    const {runtime, answers} = runtimeThatAsks(signature, false);
    const {validity} = unwrap(await validatorOf(runtime)("External", Uint8Array.of(4, 0)));
    assert.deepEqual(answers, told);
    assert.equal(validity.ok, true);
  }
});

test("what a runtime says of a bad signature that it was told is good counts for nothing", async () => {
  const asked: boolean[] = [];
  const {runtime} = runtimeThatAsks(bad, false);
  const branching: Runtime = {
    ...runtime,
    call(name, args, host) {
      const holds = host.verifySignature({
        scheme: "ed25519",
        signature: bad,
        message,
        account: pair.publicKey,
      });
      asked.push(holds);
      if (holds) return {ok: false, error: {code: "trap", name, message: "on a good one"}};
      return runtime.call(name, args, host);
    },
  };
  const {validity} = unwrap(await validatorOf(branching)("External", Uint8Array.of(4, 0)));
  assert.deepEqual(asked, [true, false]);
  assert.equal(validity.ok, true);
});

test("a call that does not end, and one that comes upon damage, are not made twice", async () => {
  for (const code of ["given-up", "state-missing"] as const) {
    let calls = 0;
    const {runtime} = runtimeThatAsks(bad, false);
    const failing = {
      ...runtime,
      call(name: string, args: Uint8Array, host: RuntimeHost) {
        calls++;
        runtime.call(name, args, host);
        return {ok: false, error: {code, name, milliseconds: 1, path: "0x", hash: "0x"}};
      },
    } as unknown as Runtime;
    const faults: unknown[] = [];
    const answer = await validatorOf(failing, fault => faults.push(fault))(
      "External",
      Uint8Array.of(4, 0),
    );
    assert.equal(answer.ok, false);
    assert.equal(calls, 1);
    assert.equal(faults.length, code === "state-missing" ? 1 : 0);
  }
});
