import {type BinaryString, bytesToBinary} from "#base";
import {isChildRoot} from "./is-child-root.ts";
import type {Trie} from "./trie.ts";

/** Where a range of a state begins: nowhere, after a key, or after a key of the child trie whose root stands at a key. */
export type StateStart =
  | readonly []
  | readonly [after: BinaryString]
  | readonly [root: BinaryString, after: BinaryString];

/**
 * Compact proof of the entries of a state from `start` on until it passes `softSize` bytes, those of a child trie coming
 * right after its root: the items of the top trie, then those of each child trie that was come by; of several with the
 * same root once (spec/network §1.5). Undefined where `start` names a child trie that is not there.
 */
export function proveStateRange(
  top: Trie,
  childAt: (key: BinaryString, root: Uint8Array) => Trie,
  start: StateStart,
  softSize: number,
): Uint8Array[] | undefined {
  const [from, within] = start;
  const proved = new Set<BinaryString>();
  const childItems: Uint8Array[] = [];
  const proveChild = (
    key: BinaryString,
    root: Uint8Array,
    after: BinaryString | undefined,
    size: number,
  ) => {
    proved.add(bytesToBinary(root));
    const room = Math.max(0, softSize - size);
    const child = childAt(key, root).rangeProof({start: after, softSize: room});
    for (const item of child.items) childItems.push(item);
    return {size: child.size, isEnd: !child.isComplete};
  };
  const onEntry = (key: BinaryString, value: unknown, size: number) => {
    const isNew = isChildRoot(key, value) && !proved.has(bytesToBinary(value));
    return isNew ? proveChild(key, value, undefined, size) : {size: 0, isEnd: false};
  };
  if (within === undefined) {
    const {items} = top.rangeProof({start: from, softSize, onEntry});
    return [...items, ...childItems];
  }
  const root = top.get(from!);
  if (!isChildRoot(from!, root)) return undefined;
  const begun = proveChild(from!, root, within, 0);
  const rest = begun.isEnd
    ? {softSize: 0, least: 0}
    : {softSize: softSize - begun.size, least: 0, onEntry};
  const {items} = top.rangeProof({start: from, ...rest});
  return [...items, ...childItems];
}
