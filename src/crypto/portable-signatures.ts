import {ed25519, ristretto255} from "@noble/curves/ed25519.js";
import {secp256k1} from "@noble/curves/secp256k1.js";
import {blake2b} from "@noble/hashes/blake2.js";
import {verify as sr25519Verify} from "@scure/sr25519";
import {equalBytes} from "#base";
import type {SignatureScheme, SignatureVerifier} from "./signatures.ts";

/** Verification in plain JavaScript, about a millisecond each: for browsers, and the measure of the fast one. */
export function createPortableSignatureVerifier(): SignatureVerifier {
  return {
    verify,
    verifyEach: (scheme, signed) =>
      signed.map(({signature, message, signer}) => verify(scheme, signature, message, signer)),
    ecdsaRecover,
    ecdsaRecoverHashed,
  };
}

function verify(
  scheme: SignatureScheme,
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  try {
    switch (scheme) {
      case "sr25519":
        return isZero(publicKey)
          ? sr25519VerifyIdentity(signature, publicKey)
          : sr25519Verify(message, signature, publicKey);
      case "ed25519":
        return ed25519.verify(signature, message, publicKey, {zip215: true});
      case "ecdsa": {
        const signer = ecdsaRecover(signature, message);
        return signer !== undefined && equalBytes(signer, publicKey);
      }
    }
  } catch {
    // The libraries throw for malformed bytes; to us those are just signatures that do not hold.
    return false;
  }
}

const isZero = (bytes: Uint8Array): boolean => bytes.every(byte => byte === 0);

/** 2^252 + 27742317777372353535851937790883648493, the order of the group (RFC 9496 §4). */
const GROUP_ORDER = ristretto255.Point.Fn.ORDER;

/**
 * The identity as public key: the challenge falls out of the equation, what remains is `R == s * G`. Our library
 * refuses that key, schnorrkel and so every Substrate node does not.
 */
function sr25519VerifyIdentity(signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64 || signature[63]! < 0x80) return false;
  const encoded = signature.slice(32);
  encoded[31]! &= 0x7f;
  const s = encoded.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  if (s >= GROUP_ORDER) return false;
  const commitment = ristretto255.Point.fromBytes(signature.slice(0, 32));
  return commitment.equals(
    s === 0n ? ristretto255.Point.ZERO : ristretto255.Point.BASE.multiply(s),
  );
}

function ecdsaRecover(signature: Uint8Array, message: Uint8Array): Uint8Array | undefined {
  return ecdsaRecoverHashed(signature, blake2b(message, {dkLen: 32}));
}

function ecdsaRecoverHashed(signature: Uint8Array, hash: Uint8Array): Uint8Array | undefined {
  const recovery = ecdsaRecoveryId(signature);
  if (recovery === undefined) return undefined;
  const recovered = new Uint8Array(65);
  recovered[0] = recovery;
  recovered.set(signature.subarray(0, 64), 1);
  try {
    return secp256k1.recoverPublicKey(recovered, hash, {prehash: false});
  } catch {
    return undefined;
  }
}

/** 0..3 of the last byte, which Ethereum's habit writes 27 higher; `undefined` where the signature has no such form. */
export function ecdsaRecoveryId(signature: Uint8Array): number | undefined {
  if (signature.length !== 65) return undefined;
  const v = signature[64]!;
  const recovery = v > 26 ? v - 27 : v;
  return recovery <= 3 ? recovery : undefined;
}
