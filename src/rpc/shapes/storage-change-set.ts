import {type BinaryString, binaryToHex, type Hex} from "#base";
import type {Hash} from "#primitives";
import {toHex} from "./hex.ts";

export interface StorageChangeSet {
  readonly block: Hex;
  /** Key and value; null where there is none. */
  readonly changes: readonly (readonly [Hex, Hex | null])[];
}

export type StorageChange = readonly [BinaryString, Uint8Array | undefined];

export function storageChangeSet(block: Hash, changes: readonly StorageChange[]): StorageChangeSet {
  return {
    block: toHex(block),
    changes: changes.map(([key, value]) => [
      binaryToHex(key),
      value === undefined ? null : toHex(value),
    ]),
  };
}
