import type {BinaryString} from "#base";
import {decodeNumber} from "./fence-entry.ts";
import {BlockReader} from "./row-block.ts";

/** First bytes of the keys of blocks of rows, and of where they begin. */
const ROWS = "f";
const FENCE = "g";

/** Whether an entry of the database is one of the index. */
export const isOfIndex = (key: BinaryString): boolean => key[0] === ROWS || key[0] === FENCE;

/** Whether an entry of the index is as it was written, by what it says of itself. */
export function isWholeEntry(key: BinaryString, value: Uint8Array): boolean {
  return key[0] === FENCE
    ? decodeNumber(key.slice(1), value) !== undefined
    : BlockReader.over(value)?.decode() !== undefined;
}
