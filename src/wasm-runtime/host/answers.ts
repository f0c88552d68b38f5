import {type BinaryString, binaryToBytes} from "#base";
import {bytes, encode, fixedBytes, option, u32} from "#codec";
import type {Cleared} from "#state";

const optionalBytes = option(bytes);
const optionalU32 = option(u32);

/** SCALE of `Option<Vec<u8>>`. */
export const encodeValue = (value: Uint8Array | undefined): Uint8Array =>
  encode(optionalBytes, value);

/** The same of a key. */
export const encodeKey = (key: BinaryString | undefined): Uint8Array =>
  encodeValue(key === undefined ? undefined : binaryToBytes(key));

/** SCALE of `Option<u32>`. */
export const encodeLength = (length: number | undefined): Uint8Array => encode(optionalU32, length);

/** SCALE of upstream's `KillStorageResult`: all went, or some are left, and how many keys of the state below were met. */
export function encodeCleared({loops, remaining}: Cleared): Uint8Array {
  const out = new Uint8Array(5);
  out[0] = remaining ? 1 : 0;
  new DataView(out.buffer).setUint32(1, loops, true);
  return out;
}

/** SCALE of an optional array of so many bytes. */
export const encodeFixed = (length: number, value: Uint8Array | undefined): Uint8Array =>
  encode(option(fixedBytes(length)), value);
