import {type BinaryString, equalBytes} from "#base";
import type {Change, TrieState} from "#state";
import {cutRows, FILL_SIZE} from "./cut-rows.ts";
import {type KeyedRow, knownOf, rowOf} from "./row.ts";
import {type DecodedBlock, type RowRange, rowSize} from "./row-block.ts";
import {lasting, Run} from "./run.ts";

/** What a state has otherwise than another one, put into a run a step at a time. */
export function* gatherChanges(
  before: TrieState,
  after: TrieState,
  into: Run,
  most: number,
): Generator<void> {
  let seen = 0;
  for (const {key, after: value} of after.differencesFrom(before)) {
    into.put(key, lasting(knownOf(value)));
    if (++seen % most === 0) yield;
  }
}

/** The same in one go; undefined where a state is not there. */
export function changesBetween(
  before: TrieState | undefined,
  after: TrieState | undefined,
): Run | undefined {
  if (before === undefined || after === undefined) return undefined;
  const run = new Run();
  for (const {key, after: value} of after.differencesFrom(before)) {
    run.put(key, lasting(knownOf(value)));
  }
  return run;
}

/** The same of changes that are at hand. */
export function runOf(changes: readonly Change[]): Run {
  const run = new Run();
  for (const [key, value] of changes) run.put(key, lasting(knownOf(value)));
  return run;
}

/** The rows of a range in a state. */
export function rowsOfRange({low, high}: RowRange, state: TrieState): KeyedRow[] {
  const rows: KeyedRow[] = [];
  for (const [key, value] of state.trie.entriesFrom(low)) {
    if (high !== undefined && key >= high) break;
    rows.push([key, rowOf(value)]);
  }
  return rows;
}

/** Rows of a state from a key on, as the next few blocks; `next` is where the ones after them begin, none behind the last. */
export interface BuiltBlocks {
  readonly blocks: readonly DecodedBlock[];
  readonly next: BinaryString | undefined;
}

/** Bytes of rows that are cut together: the last block of them waits for what comes. */
const CUT_TOGETHER = 4 * FILL_SIZE;

/** All blocks of a state from one that begins at `low` on. */
export function* buildBlocks(state: TrieState, low: BinaryString): Generator<BuiltBlocks> {
  let from = low;
  let rows: KeyedRow[] = [];
  let size = 0;
  for (const [key, value] of state.trie.entriesFrom(low)) {
    const row: KeyedRow = [key, rowOf(value)];
    rows.push(row);
    size += rowSize(row);
    if (size < CUT_TOGETHER) continue;
    const cut = cutRows({low: from, high: undefined}, rows);
    const last = cut.pop()!;
    if (cut.length > 0) yield {blocks: cut, next: last.low};
    from = last.low;
    rows = [...last.rows];
    size = rows.reduce((sum, each) => sum + rowSize(each), 0);
  }
  yield {blocks: cutRows({low: from, high: undefined}, rows), next: undefined};
}

/** Whether two lists of rows are the same. */
export function isSameRows(a: readonly KeyedRow[], b: readonly KeyedRow[]): boolean {
  return (
    a.length === b.length &&
    a.every(([key, row], i) => {
      const [other, value] = b[i]!;
      const isBytes = row instanceof Uint8Array && value instanceof Uint8Array;
      return key === other && (isBytes ? equalBytes(row, value) : row === value);
    })
  );
}
