import type {BinaryString} from "#base";
import {EMPTY_BYTES} from "#base";
import {isChildRoot} from "./is-child-root.ts";
import {nodeOfRecord} from "./load.ts";
import {HASH_HEAD, HashedValue, referenceSize, withoutPlace} from "./node.ts";
import {pathOf} from "./outline.ts";
import {encodingStart, type Place, readPlace, writePlace} from "./places.ts";

/** What a place in a node's record stands for. */
export interface PlaceSlot {
  readonly kind: "node" | "value";
  readonly hash: Uint8Array;
}

/** What the record of a node has places for, in their order. Throws `TrieFault` for what is no encoding of a node there. */
export function placeSlots(encoding: Uint8Array, path: BinaryString, nibbles: number): PlaceSlot[] {
  const node = nodeOfRecord(recordOfNode(encoding, []), path, nibbles, EMPTY_BYTES);
  const slots: PlaceSlot[] = [];
  if (node.kind === "branch") {
    const {record} = node;
    let at = node.childrenAt;
    for (let n = 0; n < 16; n++) {
      if ((node.map & (1 << n)) === 0) continue;
      if (record[at] === HASH_HEAD) slots.push({kind: "node", hash: record.slice(at + 1, at + 33)});
      at += referenceSize(record, at);
    }
  }
  const value = withoutPlace(node.value);
  if (value instanceof HashedValue) slots.push({kind: "value", hash: value.hash});
  else if (isChildRoot(pathOf(node), value)) slots.push({kind: "node", hash: value});
  return slots;
}

/** The record of a node whose parts are stored at these places. */
export function recordOfNode(encoding: Uint8Array, places: readonly Place[]): Uint8Array {
  const start = encodingStart(places.length);
  const record = new Uint8Array(start + encoding.length);
  record[0] = places.length;
  record.set(encoding, start);
  places.forEach((place, i) => void writePlace(record, i, place));
  return record;
}

/** The places that stand in a record, whatever they lead to. */
export function placesIn(record: Uint8Array): Place[] {
  const count = record[0] ?? 0;
  const start = encodingStart(count);
  return Array.from({length: count}, (_, i) => readPlace(record, start, i));
}
