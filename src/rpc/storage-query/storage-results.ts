import {type BinaryString, binaryToHex, type Hex} from "#base";
import type {Hashing} from "#crypto";
import {type ChildName, keysBelow, type StateView, type TrieView} from "#state";
import {toHex} from "../shapes/hex.ts";
import type {StorageItem} from "./storage-item.ts";

/** Comes after the results of each item, so that a walk that finds nothing lets others have their turn. */
export const NOTHING_FOUND = Symbol("nothing found");

/** `childTrieKey`: the name of the child trie that it is of. */
export type StorageResult = {readonly key: Hex; readonly childTrieKey?: Hex} & (
  | {readonly value: Hex}
  | {readonly hash: Hex}
  | {readonly closestDescendantMerkleValue: Hex}
);

/** What items ask for of a state, or of the child trie of that name; nothing where nothing is found. */
export function* storageResults(
  state: StateView,
  childTrie: ChildName | undefined,
  items: readonly StorageItem[],
  hashing: Hashing,
): Generator<StorageResult | typeof NOTHING_FOUND> {
  const view = childTrie === undefined ? state : state.child(childTrie);
  const of = childTrie === undefined ? {} : {childTrieKey: binaryToHex(childTrie)};
  for (const item of items) {
    for (const result of resultsOf(view, item, hashing)) yield {...result, ...of};
    yield NOTHING_FOUND;
  }
}

function* resultsOf(
  view: TrieView,
  {key, type, after}: StorageItem,
  {blockHash}: Hashing,
): Generator<StorageResult> {
  const value = (bytes: Uint8Array) => ({value: toHex(bytes)});
  const hash = (bytes: Uint8Array) => ({hash: toHex(blockHash(bytes))});
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
  view: TrieView,
  prefix: BinaryString,
  after: BinaryString | undefined,
): Generator<readonly [BinaryString, Uint8Array]> {
  if (after === undefined) {
    yield* view.entries(prefix);
    return;
  }
  for (const key of keysBelow(view, prefix, after)) yield [key, view.get(key)!];
}
