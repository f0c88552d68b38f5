import type {BinaryString} from "#base";

/**
 * Nibbles are addressed inside the bytes of a key: index 0 is the high half of the first byte. A path of an odd
 * number of nibbles is a binary string whose last char has an empty low half, plus its length.
 */
export function nibbleAt(path: BinaryString, index: number): number {
  const byte = path.charCodeAt(index >> 1);
  return index & 1 ? byte & 15 : byte >> 4;
}

/** The first index in `from..to` where two paths differ, or `to`; both must be at least `to` nibbles long. */
export function firstDifference(
  a: BinaryString,
  b: BinaryString,
  from: number,
  to: number,
): number {
  let index = from;
  if (index & 1 && index < to) {
    if (nibbleAt(a, index) !== nibbleAt(b, index)) return index;
    index++;
  }
  for (; index + 1 < to; index += 2) {
    const difference = a.charCodeAt(index >> 1) ^ b.charCodeAt(index >> 1);
    if (difference !== 0) return difference & 0xf0 ? index : index + 1;
  }
  if (index < to && nibbleAt(a, index) !== nibbleAt(b, index)) return index;
  return to;
}

/** The first `length` nibbles of a path. */
export function pathPrefix(path: BinaryString, length: number): BinaryString {
  const whole = path.slice(0, length >> 1);
  return length & 1 ? whole + String.fromCharCode(path.charCodeAt(length >> 1) & 0xf0) : whole;
}

/** A path of exactly `length` nibbles, made one longer. */
export function pathWithNibble(path: BinaryString, length: number, nibble: number): BinaryString {
  if ((length & 1) === 0) return path + String.fromCharCode(nibble << 4);
  const last = path.charCodeAt(length >> 1) | nibble;
  return path.slice(0, length >> 1) + String.fromCharCode(last);
}
