import {type BinaryString, binaryToBytes, bytesToBinary} from "#base";
import {decodeItems, encodeItems} from "./block-record.ts";
import {checksum} from "./checksum.ts";
import {StoreFault} from "./failures.ts";
import {isOfIndex, isWholeEntry} from "./flat-index/index.ts";
import type {KeyRange, KeyValueStore, Write} from "./key-value-store.ts";
import {describeKey, keys} from "./keys.ts";

/**
 * First bytes of the keys whose rows carry a checksum. Nodes and values of states are compared with their hashes wherever they are
 * read, by whoever knows these.
 */
const CHECKED = new Set("bcehjkmn");
/** Bytes of a checksum, u32 little-endian. */
export const CHECKSUM = 4;

/** The first key behind theirs. */
const END_OF_CHECKED = "o";

/** Which values of the node's own there are: one that got lost must not pass for one that never was. */
export const NAMES = keys.meta("names");

const OWN = keys.meta("own:");

/**
 * Stands in the list where a list got lost and nobody can say which values there were beside those that follow from the chain: then
 * each of these that is not there counts as lost. What a voter voted is among them.
 */
export const ANY_OWN = `${OWN}*`;

/**
 * A store in whose rows a changed byte is seen: behind each value stands a checksum of its key and of itself. Reading one that does
 * not fit is a `StoreFault`, as is not finding a value of the node's own that was written.
 */
export class CheckedRows implements KeyValueStore {
  readonly #store: KeyValueStore;
  #names: Set<BinaryString> | undefined;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  get(key: BinaryString): Uint8Array | undefined {
    const row = this.#store.get(key);
    if (row !== undefined) return isChecked(key) ? valueOfRow(key, row) : row;
    if (!isOwn(key)) return undefined;
    const names = this.#knownNames();
    if (names.has(key) || (key.startsWith(OWN) && names.has(ANY_OWN))) throw lost(key);
    return undefined;
  }

  /** Whether it is known which values of the node's own there were. */
  get isListWhole(): boolean {
    return !this.#knownNames().has(ANY_OWN);
  }

  /** For rows that say by themselves where they end and whether they are whole. */
  lend(key: Uint8Array): Uint8Array | undefined {
    return this.#store.lend(key);
  }

  write(batch: readonly Write[]): Promise<void> {
    const rows = batch.map((write): Write => {
      const [key, value] = write;
      return value === undefined || !isChecked(key) ? write : [key, rowOf(key, value)];
    });
    const own = batch.filter(([key]) => isOwn(key));
    return this.#store.write(own.length === 0 ? rows : [...rows, ...this.#noteNames(own)]);
  }

  #noteNames(own: readonly Write[]): Write[] {
    const names = this.#knownNames();
    let isSame = true;
    for (const [key, value] of own) {
      if (names.has(key) === (value !== undefined)) continue;
      isSame = false;
      if (value === undefined) names.delete(key);
      else names.add(key);
    }
    return isSame ? [] : [namesRow([...names])];
  }

  #knownNames(): Set<BinaryString> {
    this.#names ??= this.#readNames();
    return this.#names;
  }

  #readNames(): Set<BinaryString> {
    const row = this.#store.get(NAMES);
    if (row !== undefined) {
      const names = decodeItems(valueOfRow(NAMES, row)).map(bytesToBinary);
      return new Set(names);
    }
    for (const _ of this.#store.range({from: ""})) throw lost(NAMES);
    return new Set();
  }

  *range(range: KeyRange): Iterable<[BinaryString, Uint8Array]> {
    for (const [key, row] of this.#store.range(range)) {
      yield [key, isChecked(key) ? valueOfRow(key, row) : row];
    }
  }

  /** What is stored, whole or not. */
  stored(key: BinaryString): Uint8Array | undefined {
    return this.#store.get(key);
  }

  /** Holds so many rows from a key on against what they say of themselves; gives the damaged ones, and where to go on, if anywhere. */
  look(
    from: BinaryString,
    most: number,
  ): {damaged: BinaryString[]; next: BinaryString | undefined} {
    const damaged: BinaryString[] = [];
    let left = most;
    // Nodes and values of states, which have none, stand behind the others.
    for (const [key, row] of this.#store.range({from, to: END_OF_CHECKED})) {
      if (left-- === 0) return {damaged, next: key};
      if (!isSoundRow(key, row)) damaged.push(key);
    }
    return {damaged, next: undefined};
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}

const isOwn = (key: BinaryString): boolean => key[0] === NAMES[0] && key !== NAMES;

/** The row that says which values of the node's own there are, by their keys. */
export const namesRow = (names: readonly BinaryString[]): Write => [
  NAMES,
  rowOf(NAMES, encodeItems(names.map(binaryToBytes))),
];

const lost = (key: BinaryString): StoreFault =>
  new StoreFault("database-corrupt", `${describeKey(key)} has to be there and is missing`);

export const isChecked = (key: BinaryString): boolean => CHECKED.has(key[0]!);

/** What is stored for a value. */
export function rowOf(key: BinaryString, value: Uint8Array): Uint8Array {
  const row = new Uint8Array(value.length + CHECKSUM);
  row.set(value);
  new DataView(row.buffer).setUint32(value.length, checksumOf(key, value), true);
  return row;
}

/** Whether a row is one that was stored for this key. */
export function isWhole(key: BinaryString, row: Uint8Array): boolean {
  const end = row.length - CHECKSUM;
  if (end < 0) return false;
  const stored = new DataView(row.buffer, row.byteOffset).getUint32(end, true);
  return stored === checksumOf(key, row.subarray(0, end));
}

/** Whether a row is as it was written, by what it says of itself; one that says nothing counts as such. */
export const isSoundRow = (key: BinaryString, row: Uint8Array): boolean =>
  isOfIndex(key) ? isWholeEntry(key, row) : !isChecked(key) || isWhole(key, row);

/** The value in a row that is whole. */
export const valueOfWhole = (row: Uint8Array): Uint8Array => row.subarray(0, row.length - CHECKSUM);

function valueOfRow(key: BinaryString, row: Uint8Array): Uint8Array {
  if (isWhole(key, row)) return valueOfWhole(row);
  throw new StoreFault("database-corrupt", `${describeKey(key)} does not fit its checksum`);
}

function checksumOf(key: BinaryString, value: Uint8Array): number {
  const keyBytes = binaryToBytes(key);
  return checksum(value, 0, value.length, checksum(keyBytes, 0, keyBytes.length));
}
