import {createRequire} from "node:module";
import {secp256k1 as noble} from "@noble/curves/secp256k1.js";
import {Secp256k1Instance} from "./secp256k1-instance.ts";

/** The curve of ECDSA signatures. Lengths are in bytes: secrets, hashes 32, public keys 33 (compressed), signatures 64. */
export interface Secp256k1 {
  publicKey(secret: Uint8Array): Uint8Array;
  /** Deterministic (RFC 6979), with the lower of the two `s`; `recoveryId` is 0..3. */
  sign(hash: Uint8Array, secret: Uint8Array): {signature: Uint8Array; recoveryId: number};
  /** `undefined` for what no key can have signed. */
  recover(signature: Uint8Array, recoveryId: number, hash: Uint8Array): Uint8Array | undefined;
}

/** The part of the package that is used; it brings no types. All of it throws on malformed input. */
interface Addon {
  publicKeyCreate(secret: Uint8Array, compressed: boolean): Uint8Array;
  ecdsaSign(hash: Uint8Array, secret: Uint8Array): {signature: Uint8Array; recid: number};
  ecdsaRecover(
    signature: Uint8Array,
    recoveryId: number,
    hash: Uint8Array,
    compressed: boolean,
  ): Uint8Array;
}

/**
 * The native addon where its package has one built for this platform or could compile it, and WebAssembly anywhere
 * else: four times slower. The package's own fallback in JavaScript is thirty times slower, and is never asked.
 *
 * Loaded when first asked: hardly anybody signs with ECDSA, and a thread that is ended while it loads an addon takes the
 * whole process with it (SIGABRT: the addon throws where nobody can catch).
 */
export function loadSecp256k1(): Secp256k1 {
  let loaded: Secp256k1 | undefined;
  const curve = () => (loaded ??= nativeSecp256k1() ?? wasmSecp256k1());
  return {
    publicKey: secret => curve().publicKey(secret),
    sign: (hash, secret) => curve().sign(hash, secret),
    recover: (signature, recoveryId, hash) => curve().recover(signature, recoveryId, hash),
  };
}

export function nativeSecp256k1(): Secp256k1 | undefined {
  let addon: Addon;
  try {
    addon = createRequire(import.meta.url)("secp256k1/bindings");
  } catch {
    // Not installed (it is optional), or without a binary for this platform.
    return undefined;
  }
  return {
    publicKey: secret => addon.publicKeyCreate(secret, true),
    sign(hash, secret) {
      const {signature, recid} = addon.ecdsaSign(hash, secret);
      return {signature, recoveryId: recid};
    },
    recover(signature, recoveryId, hash) {
      try {
        return addon.ecdsaRecover(signature, recoveryId, hash, true);
      } catch {
        return undefined;
      }
    },
  };
}

/** Recovers in WebAssembly; signs, which hardly anything here does, in JavaScript in half a millisecond. */
export function wasmSecp256k1(): Secp256k1 {
  let instance: Secp256k1Instance | undefined;
  return {
    publicKey: secret => noble.getPublicKey(secret, true),
    sign(hash, secret) {
      const recovered = noble.sign(hash, secret, {prehash: false, format: "recovered"});
      return {signature: recovered.slice(1), recoveryId: recovered[0]!};
    },
    recover(signature, recoveryId, hash) {
      instance ??= new Secp256k1Instance();
      const low = withLowS(signature);
      try {
        return instance.recover(low ?? signature, low ? recoveryId ^ 1 : recoveryId, hash);
      } catch {
        // Rust panics where no key can have signed; nothing was unwound, so the instance is not used again.
        instance = undefined;
        return undefined;
      }
    },
  };
}

/**
 * The binary refuses the higher of the two `s` that a signature may have, Substrate's nodes take both: the other one stands
 * for the point mirrored. `undefined` where `s` is the lower one already, or none.
 */
function withLowS(signature: Uint8Array): Uint8Array | undefined {
  if (signature.length !== 64) return undefined;
  const {Fn} = noble.Point;
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString("hex")}`);
  if (s <= Fn.ORDER >> 1n || s >= Fn.ORDER) return undefined;
  const low = signature.slice();
  low.set(Fn.toBytes(Fn.neg(s)), 32);
  return low;
}
