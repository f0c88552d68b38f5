import {secp256k1} from "@noble/curves/secp256k1.js";
import {secretFromSeed} from "@scure/sr25519";
import {err, invariant, ok, type Result} from "#base";
import type {SignatureScheme} from "./signatures.ts";

/** Bytes of a seed, which sr25519 calls a mini secret. */
export const SEED_LENGTH = 32;

export type SecretKeyFailure =
  | {code: "seed-length"; length: number}
  /** secp256k1 has no key for this seed: it is zero or not below the order of the group. */
  | {code: "seed-not-a-key"; scheme: SignatureScheme};

/**
 * A secret that can sign and derive. The bytes sit in private fields and `toJSON` hides them, so that a secret
 * that strays into a log line or an error shows as `[secret]`.
 */
export class SecretKey {
  readonly scheme: SignatureScheme;
  readonly #bytes: Uint8Array;
  readonly #seed: Uint8Array | undefined;

  /** `bytes`: the 32-byte seed, or for sr25519 the 64-byte expanded key (scalar times cofactor, nonce). */
  constructor(scheme: SignatureScheme, bytes: Uint8Array, seed: Uint8Array | undefined) {
    invariant(bytes.length === (scheme === "sr25519" ? 64 : 32), "length of a secret key");
    this.scheme = scheme;
    this.#bytes = bytes;
    this.#seed = seed;
  }

  exposeBytes(): Uint8Array {
    return this.#bytes;
  }

  /** The seed that leads to this key; a key behind a soft junction has none. */
  exposeSeed(): Uint8Array | undefined {
    return this.#seed;
  }

  toJSON(): string {
    return "[secret]";
  }
}

export function secretKeyFromSeed(
  scheme: SignatureScheme,
  seed: Uint8Array,
): Result<SecretKey, SecretKeyFailure> {
  if (seed.length !== SEED_LENGTH) return err({code: "seed-length", length: seed.length});
  const kept = seed.slice();
  if (scheme === "sr25519") return ok(new SecretKey(scheme, secretFromSeed(kept), kept));
  if (scheme === "ecdsa" && !secp256k1.utils.isValidSecretKey(kept)) {
    return err({code: "seed-not-a-key", scheme});
  }
  return ok(new SecretKey(scheme, kept, kept));
}
