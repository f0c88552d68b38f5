import {randomBytes} from "node:crypto";
import {hex} from "#base";
import {SchnorrkelInstance} from "./schnorrkel-instance.ts";

/** Memory an instance may keep; one message of some megabytes would otherwise stay with us for ever. */
const MAX_INSTANCE_BYTES = 8 * 1_024 * 1_024;

export type Sr25519Verify = (
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
) => boolean;

/**
 * Verification on one kept instance. What the cheap checks let through and schnorrkel still panics on (a key
 * that is no point) costs a fresh instance, made when the next signature comes.
 */
export function createSr25519Verifier(): Sr25519Verify {
  let instance: SchnorrkelInstance | undefined;
  return (signature, message, publicKey) => {
    if (!isWellFormedSignature(signature) || !isPlausiblePoint(publicKey)) return false;
    instance ??= new SchnorrkelInstance(randomBytes);
    try {
      const holds = instance.verify(publicKey, message, signature);
      if (instance.memoryBytes > MAX_INSTANCE_BYTES) instance = undefined;
      return holds;
    } catch {
      // Any exception is a trap: the input was malformed, and the instance can no longer be trusted.
      instance = undefined;
      return false;
    }
  };
}

/** A ristretto encoding is even and below 2^255; what else it must be, schnorrkel decides. */
const isPlausiblePoint = (point: Uint8Array): boolean =>
  point.length === 32 && (point[0]! & 1) === 0 && point[31]! < 0x80;

/** Bit 255 of `s` marks a schnorrkel signature, so that no ed25519 one can pass for it. */
const isWellFormedSignature = (signature: Uint8Array): boolean =>
  signature.length === 64 && signature[63]! >= 0x80 && isCanonicalScalar(signature.subarray(32));

/** The order of the group, 2^252 + 27742317777372353535851937790883648493, little-endian (RFC 9496 §4). */
const GROUP_ORDER = hex("0xedd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

/** Whether the scalar, read without its mark, lies below the group's order. */
function isCanonicalScalar(scalar: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const byte = i === 31 ? scalar[i]! & 0x7f : scalar[i]!;
    if (byte !== GROUP_ORDER[i]!) return byte < GROUP_ORDER[i]!;
  }
  return false;
}
