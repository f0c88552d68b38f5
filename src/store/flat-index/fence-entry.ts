import {type BinaryString, binaryToBytes} from "#base";
import {checksum} from "../checksum.ts";

/** Number and checksum, u32: one that is damaged would have two fences share a block. */
export function encodeNumber(low: BinaryString, number: number): Uint8Array {
  const out = new Uint8Array(8);
  const view = new DataView(out.buffer);
  view.setUint32(0, number, true);
  view.setUint32(4, fenceChecksum(low, number), true);
  return out;
}

/** The number of the block of rows whose fence this is; undefined where that is damaged. */
export function decodeNumber(low: BinaryString, bytes: Uint8Array): number | undefined {
  if (bytes.length !== 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const number = view.getUint32(0, true);
  return view.getUint32(4, true) === fenceChecksum(low, number) ? number : undefined;
}

function fenceChecksum(low: BinaryString, number: number): number {
  return checksum(binaryToBytes(low), 0, low.length, number);
}
