import {bytesToBinary, equalBytes} from "#base";
import {type HashFunction, storedParts} from "#trie";
import type {BlockRecord} from "../block-record.ts";
import type {KeyValueStore} from "../key-value-store.ts";
import {keys} from "../keys.ts";
import {NO_STATE, storedNodes} from "../stored-nodes.ts";
import {NOTHING_SWEPT, type SweepProgress} from "../sweep-progress.ts";
import type {ChainRecords} from "./chain-records.ts";
import type {LenientRows} from "./lenient-rows.ts";
import {PlaceSet} from "./place-set.ts";

const NO_HASH = new Uint8Array(0);

interface Rows {
  readonly store: Pick<KeyValueStore, "get">;
  readonly hash: HashFunction;
  readonly rows: LenientRows;
}

/**
 * How far pruning came, by what is there: it goes from the lowest height up, so that what is missing below all that is there may
 * have been taken by it, and what is missing above was not. What was counted is not known any more.
 * `last`: up to which block it may have come.
 */
export function sweptByRows(parts: Rows, records: ChainRecords, last: BlockRecord): SweepProgress {
  const own = new Set([...records.down(last)].map(({hash}) => bytesToBinary(hash)));
  // Below heights that a chain leapt over, its own rows alone say which blocks are its.
  const isOn = ({hash, number}: BlockRecord) =>
    own.has(bytesToBinary(hash)) ||
    equalBytes(parts.rows.get(keys.canonical(number)) ?? NO_HASH, hash);
  const hasBody = ({hash}: BlockRecord) => parts.store.get(keys.body(hash)) !== undefined;
  const heights = records.heightsFromTop.filter(height => height <= last.number).reverse();
  const chain = heights.flatMap(height => records.byHeight.get(height)!.filter(isOn));
  const floor = chain.find(record => isStateThere(parts, record))?.number ?? last.number;
  const bodies = chain.find(hasBody)?.number ?? last.number;
  const isForkGone = (height: number) =>
    records.byHeight.get(height)!.some(record => !isOn(record) && !hasBody(record));
  const forkBodies = Math.max(bodies, (heights.findLast(isForkGone) ?? -1) + 1);
  // The state right below may be half gone; that it is looked at again costs nothing. So do all off the best chain.
  return {...NOTHING_SWEPT, floor, states: Math.max(0, floor - 1), bodies, forkBodies};
}

/** Whether every part of a state is there, damaged or not. */
function isStateThere({store, hash}: Rows, record: BlockRecord): boolean {
  if (record.statePlace === NO_STATE) return false;
  const seen = new PlaceSet();
  const top = {place: record.statePlace, root: record.stateRoot};
  for (const {found} of storedParts(storedNodes(store), hash, top, ({place}) => !seen.add(place))) {
    if (found === "missing") return false;
  }
  return true;
}
