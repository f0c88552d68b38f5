import type {BinaryString} from "#base";
import type {KeyedRow} from "./row.ts";
import {BLOCK_SIZE, type DecodedBlock, type RowRange, rowSize, sharedLength} from "./row-block.ts";

/** What blocks are filled to where they are made in one go: so that a few keys more find room. */
export const FILL_SIZE = 3_600;

/** Below this a block is put together with the one after it. */
export const LEAST_SIZE = 1_000;

/** Longer ends of blocks than this are not made, since each is a key of the store; a block grows instead. */
const LONGEST_END = 900;

/** What two ends, the head, and a prefix told once instead of in each row come to. */
export function sizeOf(rows: readonly KeyedRow[]): number {
  let size = 200;
  for (const row of rows) size += rowSize(row);
  if (rows.length < 2) return size;
  return size - (rows.length - 1) * sharedLength(rows[0]![0], rows.at(-1)![0]);
}

/** The shortest key above one and not above the next. */
const endBetween = (last: BinaryString, next: BinaryString): BinaryString =>
  next.slice(0, sharedLength(last, next) + 1);

/** The rows of a range, as blocks that lie one after the other and cover it; at least one, if it is empty. */
export function cutRows({low, high}: RowRange, rows: readonly KeyedRow[]): DecodedBlock[] {
  const size = sizeOf(rows);
  if (size <= BLOCK_SIZE) return [{low, high, rows}];
  const target = Math.min(FILL_SIZE, size / Math.ceil(size / FILL_SIZE));
  const blocks: DecodedBlock[] = [];
  let from = low;
  let begin = 0;
  let filled = 200;
  for (let i = 1; i < rows.length; i++) {
    filled += rowSize(rows[i - 1]!) - savedBy(rows, begin, i);
    if (filled < target) continue;
    const end = endBetween(rows[i - 1]![0], rows[i]![0]);
    if (end.length > LONGEST_END) continue;
    blocks.push({low: from, high: end, rows: rows.slice(begin, i)});
    from = end;
    begin = i;
    filled = 200;
  }
  blocks.push({low: from, high, rows: rows.slice(begin)});
  return blocks;
}

/** What a row at `i - 1` saves by the prefix that the block has in common, as far as that can be said. */
function savedBy(rows: readonly KeyedRow[], begin: number, i: number): number {
  return i - 1 === begin ? 0 : sharedLength(rows[begin]![0], rows[i - 1]![0]);
}
