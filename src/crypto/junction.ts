import {blake2b} from "@noble/hashes/blake2.js";
import {concatBytes, utf8Bytes} from "#base";

/** One step of a derivation path. */
export interface Junction {
  readonly hard: boolean;
  /** 32 bytes. */
  readonly chainCode: Uint8Array;
}

const CHAIN_CODE_LENGTH = 32;
const U64_MAX = 2n ** 64n - 1n;

/**
 * The chain code is the SCALE encoding of the step: a u64 where the text is a number that fits (a leading plus
 * sign is allowed, as Rust's parser allows it), else the text; padded with zeros, or hashed where it is too long.
 */
export function junctionFromText(text: string, hard: boolean): Junction {
  const number = /^\+?[0-9]+$/.test(text) ? BigInt(text.replace("+", "")) : undefined;
  const encoded =
    number !== undefined && number <= U64_MAX ? encodeU64(number) : encodeText(utf8Bytes(text));
  if (encoded.length > CHAIN_CODE_LENGTH) {
    return {hard, chainCode: blake2b(encoded, {dkLen: CHAIN_CODE_LENGTH})};
  }
  const chainCode = new Uint8Array(CHAIN_CODE_LENGTH);
  chainCode.set(encoded);
  return {hard, chainCode};
}

function encodeU64(value: bigint): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, value, true);
  return out;
}

/** SCALE string: compact length, then UTF-8. Written here because `codec` stands beside this folder, not below. */
export function encodeText(utf8: Uint8Array): Uint8Array {
  const length = utf8.length;
  if (length < 1 << 6) return concatBytes(Uint8Array.of(length << 2), utf8);
  if (length < 1 << 14) {
    return concatBytes(Uint8Array.of(((length & 0x3f) << 2) | 1, length >> 6), utf8);
  }
  const prefix = new Uint8Array(4);
  new DataView(prefix.buffer).setUint32(0, length * 4 + 2, true);
  return concatBytes(prefix, utf8);
}
