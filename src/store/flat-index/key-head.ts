import type {BinaryString} from "#base";

/** Bytes of a head. */
const HEAD = 4;

/**
 * The four bytes of a key from `at` on, as a number in their order, and zeros where it ends before: keys are searched for by these
 * first. A longer key may have the same as a shorter one, which only a whole comparison tells apart.
 */
export const headOf = (key: BinaryString, at: number): number =>
  // Behind the end `charCodeAt` gives NaN, of which a bitwise operator makes 0.
  ((key.charCodeAt(at) << 24) |
    (key.charCodeAt(at + 1) << 16) |
    (key.charCodeAt(at + 2) << 8) |
    key.charCodeAt(at + 3)) >>>
  0;

/** The same of a key that ends at `end` in an array. */
export function headIn(bytes: Uint8Array, at: number, end: number): number {
  let head = 0;
  for (let n = 0; n < HEAD; n++) head = (head << 8) | (at + n < end ? bytes[at + n]! : 0);
  return head >>> 0;
}
