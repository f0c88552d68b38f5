import {type BinaryString, binaryToHex, type Hex} from "#base";
import type {Hashing} from "#crypto";
import {keysBelow, type StateView} from "#state";
import {toHex} from "../shapes/hex.ts";
import type {StorageItem} from "./storage-item.ts";

export type StorageResult = {readonly key: Hex} & (
  | {readonly value: Hex}
  | {readonly hash: Hex}
  | {readonly closestDescendantMerkleValue: Hex}
);

/** What one item asks for; nothing where nothing is found. */
export function* storageResults(
  view: StateView,
  {key, type, after}: StorageItem,
  {blake2b256}: Hashing,
): Generator<StorageResult> {
  const value = (bytes: Uint8Array) => ({value: toHex(bytes)});
  const hash = (bytes: Uint8Array) => ({hash: toHex(blake2b256(bytes))});
  switch (type) {
    case "value":
    case "hash": {
      const found = view.get(key);
      if (found === undefined) return;
      yield {key: binaryToHex(key), ...(type === "value" ? value(found) : hash(found))};
      return;
    }
    case "closestDescendantMerkleValue": {
      const found = view.closestMerkleValue(key);
      if (found === undefined) return;
      yield {key: binaryToHex(key), closestDescendantMerkleValue: toHex(found)};
      return;
    }
    case "descendantsValues":
    case "descendantsHashes":
      for (const [each, found] of entriesFrom(view, key, after)) {
        yield {
          key: binaryToHex(each),
          ...(type === "descendantsValues" ? value(found) : hash(found)),
        };
      }
  }
}

/** A walk from the top where all of a map is asked for; key by key from the middle of it. */
function* entriesFrom(
  view: StateView,
  prefix: BinaryString,
  after: BinaryString | undefined,
): Generator<readonly [BinaryString, Uint8Array]> {
  if (after === undefined) {
    yield* view.entries(prefix);
    return;
  }
  for (const key of keysBelow(view, prefix, after)) yield [key, view.get(key)!];
}
