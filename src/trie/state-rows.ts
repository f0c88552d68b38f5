import {type BinaryString, invariant} from "#base";
import {isChildRoot} from "./is-child-root.ts";
import type {StateStart} from "./prove-state-range.ts";
import type {StateEdge, StateRow} from "./state-builder.ts";
import type {Trie} from "./trie.ts";

/** Some rows of a state, one after the other. */
export interface StateSection {
  readonly rows: readonly StateRow[];
  /** What comes after the last of them. */
  readonly edge: StateEdge;
  /** Where to go on from. */
  readonly next: StateStart;
  /** Nothing comes after it. */
  readonly isComplete: boolean;
}

/**
 * The rows of a state from `start` on until their keys and values pass `softSize` bytes: at least one, but where nothing is left.
 * Undefined where `start` names a child trie that is not there.
 */
export function stateRows(
  top: Trie,
  childAt: (key: BinaryString, root: Uint8Array) => Trie,
  start: StateStart,
  softSize: number,
): StateSection | undefined {
  const rows: StateRow[] = [];
  let size = 0;
  const note = (row: Exclude<StateRow, {kind: "end"}>): boolean => {
    rows.push(row);
    size += row.key.length + row.value.length;
    return size < softSize;
  };
  let [from, within] = start;
  if (from === undefined && top.isEmpty) {
    return {rows, edge: {top: [], child: undefined}, next: [], isComplete: true};
  }
  /** Goes through a child trie; false where it did not come to its end. */
  const child = (key: BinaryString, after: BinaryString | undefined): boolean => {
    const trie = childAt(key, top.get(key)!);
    let last = after;
    const isThrough = trie.visitAfter(after, (childKey, value, isHashed) => {
      last = childKey;
      return note({kind: isHashed ? "hashed" : "inline", key: childKey, value});
    });
    // What was noted last may have been the last that there is.
    const isOver = isThrough || trie.visitAfter(last, () => false);
    within = isOver ? undefined : (last ?? "");
    if (isOver) rows.push({kind: "end"});
    return isOver && size < softSize;
  };
  let goesOn = true;
  if (from !== undefined && within !== undefined) {
    if (top.get(from) === undefined) return undefined;
    goesOn = child(from, within === "" ? undefined : within);
  }
  let isThrough = false;
  while (goesOn && !isThrough) {
    let root: BinaryString | undefined;
    isThrough = top.visitAfter(from, (key, value, isHashed) => {
      const isRoot = isChildRoot(key, value);
      from = key;
      if (isRoot) root = key;
      const more = note({kind: isRoot ? "child" : isHashed ? "hashed" : "inline", key, value});
      goesOn = more;
      return more && !isRoot;
    });
    if (root === undefined) continue;
    isThrough = false;
    within = "";
    if (goesOn) goesOn = child(root, undefined);
  }
  invariant(from !== undefined, "a state that is not empty has a first row");
  const isComplete = within === undefined && (isThrough || top.visitAfter(from, () => false));
  const edgeOfChild = () => {
    const trie = childAt(from!, top.get(from!)!);
    // Of a child trie of which nothing was noted yet nothing is known but its root, which is held against its end.
    return within === "" ? undefined : trie.rightEdge(within!);
  };
  const next: StateStart = within === undefined ? [from] : [from, within];
  return {
    rows,
    edge: {top: top.rightEdge(from), child: within === undefined ? undefined : edgeOfChild()},
    next,
    isComplete,
  };
}
