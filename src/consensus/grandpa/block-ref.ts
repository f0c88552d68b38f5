import {bytesToHex, equalBytes} from "#base";
import {struct, u32, type ValueOf} from "#codec";
import {hash} from "#primitives";

/** A block as votes name it: hash, then number as u32, 36 bytes (spec/network §2.4). */
export const blockRef = struct({hash, number: u32});
export type BlockRef = Readonly<ValueOf<typeof blockRef>>;

export function sameBlock(a: BlockRef, b: BlockRef): boolean {
  return a.number === b.number && equalBytes(a.hash, b.hash);
}

/** For people: `#12 (0x01020304…)`. */
export function blockName({hash, number}: BlockRef): string {
  return `#${number} (${bytesToHex(hash.subarray(0, 4))}…)`;
}
