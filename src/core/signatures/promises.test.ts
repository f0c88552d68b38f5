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

function validatorOf(runtime: Runtime) {
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
  return createValidator(chain, signatures, fault => assert.fail(String(fault)));
}

const good = pair.sign(message);
const bad = good.map((byte, i) => (i === 5 ? byte ^ 1 : byte));

test("a runtime that takes promises is told yes, and a signature that does not hold undoes its word", async () => {
  const {runtime, answers} = runtimeThatAsks(bad, true);
  const {validity} = unwrap(await validatorOf(runtime)("External", Uint8Array.of(4, 0)));
  assert.deepEqual(answers, [true]);
  assert.deepEqual(validity, {ok: false, error: {type: "Invalid", value: {type: "BadProof"}}});
});

test("any other runtime is told the truth at once, and its word stands: it may do what it likes with a bad one", async () => {
  for (const [signature, holds] of [
    [good, true],
    [bad, false],
  ] as const) {
    const {runtime, answers} = runtimeThatAsks(signature, false);
    const {validity} = unwrap(await validatorOf(runtime)("External", Uint8Array.of(4, 0)));
    assert.deepEqual(answers, [holds]);
    assert.equal(validity.ok, true);
  }
});
