import type {BinaryString} from "#base";

/** Of a value too long to be worth a second copy: it is read through the trie. */
export const IN_TRIE = Symbol("in the trie");

/** Of a key that has no value. */
export const ABSENT = Symbol("absent");

export type Row = Uint8Array | typeof IN_TRIE;

/** What is known of a key: its row, or that there is none. */
export type Known = Row | typeof ABSENT;

/** The longest value in a row, in bytes: some four to a block, where moving one rewrites the others. */
const LONGEST_VALUE = 1_024;

export const rowOf = (value: Uint8Array): Row => (value.length > LONGEST_VALUE ? IN_TRIE : value);

export const knownOf = (value: Uint8Array | undefined): Known =>
  value === undefined ? ABSENT : rowOf(value);

export type KeyedRow = readonly [key: BinaryString, row: Row];
