import {secp256k1} from "@noble/curves/secp256k1.js";
import {compareBytes, err, hex, ok, type Result} from "#base";
import {ecdsaRecoveryId} from "./portable-signatures.ts";
import type {SignatureVerifier} from "./signatures.ts";

/** Why no key was recovered; which one it is, runtimes are told. */
export type RecoveryFailure = "bad-r-or-s" | "bad-v" | "bad-signature";

/** Order of secp256k1's group, big-endian (SEC 2 §2.4.1). */
const ORDER = hex("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

/**
 * The compressed key that signed, or why there is none. `overflowing`: numbers of the order and above are taken by their
 * remainder, as Substrate's first host functions did, where they fail now.
 */
export function recoverEcdsaKey(
  {ecdsaRecoverHashed}: Pick<SignatureVerifier, "ecdsaRecoverHashed">,
  signature: Uint8Array,
  hash: Uint8Array,
  {overflowing}: {readonly overflowing: boolean},
): Result<Uint8Array, RecoveryFailure> {
  if (ecdsaRecoveryId(signature) === undefined) return err("bad-v");
  const reduced = signature.slice();
  for (const number of [reduced.subarray(0, 32), reduced.subarray(32, 64)]) {
    if (compareBytes(number, ORDER) < 0) continue;
    if (!overflowing) return err("bad-r-or-s");
    subtractOrder(number);
  }
  const key = ecdsaRecoverHashed(reduced, hash);
  return key === undefined ? err("bad-signature") : ok(key);
}

/** Once is enough: twice the order is more than 32 bytes hold. */
function subtractOrder(number: Uint8Array): void {
  let borrow = 0;
  for (let i = 31; i >= 0; i--) {
    const difference = number[i]! - ORDER[i]! - borrow;
    borrow = difference < 0 ? 1 : 0;
    number[i] = difference & 0xff;
  }
}

/** Both coordinates of a compressed key, 64 bytes, without the byte that says so. The key must be one. */
export function uncompressedEcdsaKey(key: Uint8Array): Uint8Array {
  return secp256k1.Point.fromBytes(key).toBytes(false).slice(1);
}
