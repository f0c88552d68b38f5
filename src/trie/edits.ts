import {type BinaryString, equalBytes, invariant} from "#base";
import type {HashFunction} from "./hash-function.ts";
import {isChildRoot} from "./is-child-root.ts";
import {ChildRoot, HashedValue, type NodeValue} from "./node.ts";

/** 0: values always inline. 1: values of 33 bytes and more by hash (spec/pallets §17.4). */
export type StateVersion = 0 | 1;

/** A key and its new value, or `undefined` where the key goes. */
export type Change = readonly [key: BinaryString, value: Uint8Array | undefined];

/** A change in the form the nodes will hold it. */
export type Edit = readonly [key: BinaryString, value: NodeValue | undefined];

/** The longest value that state version 1 keeps in the node. */
const LONGEST_INLINE_VALUE = 32;

export function editsOf(
  changes: readonly Change[],
  version: StateVersion,
  hash: HashFunction,
): readonly Edit[] {
  for (let i = 1; i < changes.length; i++) {
    invariant(changes[i - 1]![0] < changes[i]![0], "changes of a trie are sorted and distinct");
  }
  if (version === 0 && !changes.some(([key, value]) => isChildRoot(key, value))) return changes;
  return changes.map(([key, value]): Edit => {
    if (value === undefined) return [key, value];
    const isInline = version === 0 || value.length <= LONGEST_INLINE_VALUE;
    if (!isInline) return [key, new HashedValue(hash(value), value, false)];
    return [key, isChildRoot(key, value) ? new ChildRoot(value) : value];
  });
}

/** Changes in the order the trie takes them. */
export function sortChanges(changes: Change[]): Change[] {
  return changes.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
}

export function sameValue(a: NodeValue | undefined, b: NodeValue | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (a instanceof HashedValue) return b instanceof HashedValue && equalBytes(a.hash, b.hash);
  if (a instanceof ChildRoot) return b instanceof ChildRoot && equalBytes(a.root, b.root);
  return b instanceof Uint8Array && equalBytes(a, b);
}

/** The items of a list under their SCALE-compact indices: the form in which a list is hashed into a header. */
export function listEntries(items: readonly Uint8Array[]): Change[] {
  return items.map((item, index): Change => [compactKey(index), item]);
}

function compactKey(index: number): BinaryString {
  if (index < 1 << 6) return String.fromCharCode(index << 2);
  if (index < 1 << 14) {
    return String.fromCharCode(((index << 2) | 1) & 0xff, index >> 6);
  }
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, index * 4 + 2, true);
  let key = "";
  for (const byte of bytes) key += String.fromCharCode(byte);
  return key;
}
