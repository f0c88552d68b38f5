/**
 * Where a node is stored: a number that the store chose, from 1 on, below 2^48; 0 for a node that is not stored.
 * A stored branch is kept together with the places of its children, so that a node is found by its place. Places
 * rise with time: what a block adds is added at the end of the database, whatever part of the state it belongs to.
 */
export type Place = number;

export const NO_PLACE: Place = 0;

/** Of a place in a record. */
const PLACE_SIZE = 6;

const HIGH = 2 ** 32;

/**
 * A record is what a source keeps of a node: how many of its children have places (one byte), these places (six bytes
 * each, lowest first), its encoding. An encoding alone, which begins at 0, has no places.
 */
export function encodingStart(places: number): number {
  return 1 + places * PLACE_SIZE;
}

export function readPlace(record: Uint8Array, encodingAt: number, index: number): Place {
  const at = encodingStart(index);
  if (at + PLACE_SIZE > encodingAt) return NO_PLACE;
  const low = record[at]! + record[at + 1]! * 2 ** 8 + record[at + 2]! * 2 ** 16;
  return low + record[at + 3]! * 2 ** 24 + (record[at + 4]! + record[at + 5]! * 2 ** 8) * HIGH;
}

export function writePlace(record: Uint8Array, index: number, place: Place): void {
  const at = encodingStart(index);
  const high = Math.floor(place / HIGH);
  record[at] = place & 0xff;
  record[at + 1] = (place >>> 8) & 0xff;
  record[at + 2] = (place >>> 16) & 0xff;
  record[at + 3] = (place >>> 24) & 0xff;
  record[at + 4] = high & 0xff;
  record[at + 5] = high >>> 8;
}
