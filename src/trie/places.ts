/**
 * Where a node is stored: a number that the store chose, from 1 on, below 2^48; 0 for a node that is not stored.
 * A stored branch is kept together with the places of its children, so that a node is found by its place. Places
 * rise with time: what a block adds is added at the end of the database, whatever part of the state it belongs to.
 */
export type Place = number;

export const NO_PLACE: Place = 0;

/** Places stand one after the other, in six bytes each, lowest first. */
export const PLACE_SIZE = 6;

const HIGH = 2 ** 32;

/** A list that is too short, as one that is not known, has no place. */
export function readPlace(places: Uint8Array, index: number): Place {
  const at = index * PLACE_SIZE;
  if (at + PLACE_SIZE > places.length) return NO_PLACE;
  const low = places[at]! + places[at + 1]! * 2 ** 8 + places[at + 2]! * 2 ** 16;
  return low + places[at + 3]! * 2 ** 24 + (places[at + 4]! + places[at + 5]! * 2 ** 8) * HIGH;
}

export function writePlace(places: Uint8Array, index: number, place: Place): void {
  const at = index * PLACE_SIZE;
  const high = Math.floor(place / HIGH);
  places[at] = place & 0xff;
  places[at + 1] = (place >>> 8) & 0xff;
  places[at + 2] = (place >>> 16) & 0xff;
  places[at + 3] = (place >>> 24) & 0xff;
  places[at + 4] = high & 0xff;
  places[at + 5] = high >>> 8;
}

/** What a source keeps of a node: how many of its children have places, these places, its encoding. */
export function writeRecord(out: Uint8Array, places: Uint8Array, encoding: Uint8Array): void {
  out[0] = places.length / PLACE_SIZE;
  out.set(places, 1);
  out.set(encoding, 1 + places.length);
}

export function recordSize(places: Uint8Array, encoding: Uint8Array): number {
  return 1 + places.length + encoding.length;
}

/** The parts of a record; where the record is too short for its places both are short too. */
export function splitRecord(record: Uint8Array): {places: Uint8Array; encoding: Uint8Array} {
  const end = 1 + (record[0] ?? 0) * PLACE_SIZE;
  return {places: record.subarray(1, end), encoding: record.subarray(end)};
}
