/**
 * sr25519 signatures verified by WebAssembly of our own, which the program's writer writes (`kernels`): alone in half the
 * time of schnorrkel's own build, and in batches in a sixth. Alone, the equation is multiplied so that its numbers have half
 * the size (`half-size.ts`). A batch is one equation, Σ z (k A + R - s B) = 0 with a random z of 128 bits for each
 * signature, drawn when all signatures of the batch are fixed; ristretto255 has prime order, so that no point of small order
 * can come between one and many. Each key of a batch is one point of it, however often it signed, and those of before are
 * not decoded again (`batch-points.ts`, `decoded-keys.ts`). The sum is Straus's for few and Pippenger's for many. What is
 * not well-formed (mark, s below the order, canonical R and A) never gets into an equation, and a batch that fails is
 * looked through one by one.
 *
 * The kernels compute with two field elements at a time, in vectors, or one after the other where a machine has none; the
 * way they are called is TypeScript. Answers have to be schnorrkel's to the last bit, which splits a chain otherwise: the
 * tests hold both forms to it, to `@scure/sr25519` and to the curves of `@noble/curves`.
 *
 * Out of scope: signing and whatever else has a secret, since nothing here takes the same time for all inputs; contexts
 * other than `substrate`; ed25519, which GRANDPA votes by.
 */
import type {RandomBytes} from "#crypto";
import {sr25519Module} from "../wasm-modules.ts";
import {loadKernels} from "./kernels/load-kernels.ts";
import {Sr25519Verifier} from "./verifier.ts";

export type {Sr25519Verifier};

/** A verifier with a megabyte of memory of its own, and up to one and a half for the keys that it knows. `randomBytes`: the system's, outside of tests. */
export function createSr25519Verifier(randomBytes: RandomBytes): Sr25519Verifier {
  return new Sr25519Verifier(loadKernels(sr25519Module()), randomBytes);
}
