import type {BinaryString} from "#base";
import type {TrieState} from "#state";
import type {RowRange} from "./row-block.ts";
import {isSameRows, rowsOfRange} from "./state-changes.ts";
import type {StoredRows} from "./stored-rows.ts";

/** Looks at block after block: by what it says of itself, and with `stateOf` by the state that its rows are of. */
export function* checkRows(
  stored: StoredRows,
  stateOf?: (low: BinaryString) => TrieState,
): Generator<{readonly range: RowRange; readonly isSound: boolean}> {
  // The first fence may be what is missing.
  for (const low of new Set(["", ...stored.lows()])) {
    const range = stored.rangeAt(low);
    const block = stored.blockAt(low);
    const rows = stateOf === undefined ? undefined : rowsOfRange(range, stateOf(low));
    const isSound = block !== undefined && (rows === undefined || isSameRows(block.rows, rows));
    yield {range, isSound};
  }
}
