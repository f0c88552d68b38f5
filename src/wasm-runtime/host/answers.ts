import {type BinaryString, binaryToBytes} from "#base";
import {encode, fixedBytes, option, u32} from "#codec";
import type {Cleared} from "#state";

const NONE = Uint8Array.of(0);
const optionalU32 = option(u32);

/** SCALE of `Option<Vec<u8>>`: what runtimes ask for most, so that it is written in one go. */
export function encodeValue(value: Uint8Array | undefined): Uint8Array {
  if (value === undefined) return NONE;
  const {length} = value;
  // Of the compact form of a length, its two lowest bits say how many bytes it has.
  const width = length < 1 << 6 ? 1 : length < 1 << 14 ? 2 : 4;
  const out = new Uint8Array(1 + width + length);
  out[0] = 1;
  const compact = width === 1 ? length << 2 : width === 2 ? (length << 2) | 1 : length * 4 + 2;
  for (let i = 0; i < width; i++) out[1 + i] = (compact / 2 ** (8 * i)) & 255;
  out.set(value, 1 + width);
  return out;
}

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
