import {type Edit, sameValue} from "./edits.ts";
import {childOf} from "./load.ts";
import {firstDifference, nibbleAt, pathPrefix} from "./nibbles.ts";
import {
  type Branch,
  changed,
  freshBranch,
  Leaf,
  moved,
  type NodeValue,
  type TrieNode,
} from "./node.ts";
import type {TrieContext} from "./source.ts";

/**
 * Applies `edits[from..to]`, all of which share the first `start` nibbles with the node, and gives what stands at
 * `start` afterwards: the very same object when nothing changed, so that its parent stays as it was too.
 */
export function applyEdits(
  context: TrieContext,
  node: TrieNode | undefined,
  edits: readonly Edit[],
  from: number,
  to: number,
  start: number,
): TrieNode | undefined {
  if (node === undefined) {
    const kept = onlyLive(edits, from, to);
    return plant(context, kept, 0, kept.length, start);
  }
  if (node.kind === "leaf") return applyToLeaf(context, node, edits, from, to, start);
  return applyToBranch(context, node, edits, from, to, start);
}

function onlyLive(edits: readonly Edit[], from: number, to: number): readonly Edit[] {
  const live: Edit[] = [];
  for (let i = from; i < to; i++) if (edits[i]![1] !== undefined) live.push(edits[i]!);
  return live;
}

/** Builds what stands at `start` from sorted entries alone. */
function plant(
  context: TrieContext,
  entries: readonly Edit[],
  from: number,
  to: number,
  start: number,
): TrieNode | undefined {
  if (from === to) return undefined;
  const [first, value] = entries[from]!;
  if (to - from === 1) {
    context.resident++;
    return new Leaf(first, start, value!);
  }
  const last = entries[to - 1]![0];
  const shared = Math.min(first.length, last.length) * 2;
  const end = firstDifference(first, last, start, shared);
  const ownsValue = first.length * 2 === end;
  const children = new Array<TrieNode | undefined>(16).fill(undefined);
  for (let i = ownsValue ? from + 1 : from; i < to; ) {
    const next = groupEnd(entries, i, to, end);
    children[nibbleAt(entries[i]![0], end)] = plant(context, entries, i, next, end + 1);
    i = next;
  }
  context.resident++;
  const path = pathPrefix(first, end);
  return freshBranch(path, start, end, ownsValue ? value : undefined, children);
}

/** The end of the run, beginning at `from`, of keys with the same nibble at `at`. */
function groupEnd(edits: readonly Edit[], from: number, to: number, at: number): number {
  const nibble = nibbleAt(edits[from]![0], at);
  let next = from + 1;
  while (next < to && nibbleAt(edits[next]![0], at) === nibble) next++;
  return next;
}

function applyToLeaf(
  context: TrieContext,
  leaf: Leaf,
  edits: readonly Edit[],
  from: number,
  to: number,
  start: number,
): TrieNode | undefined {
  if (to - from === 1 && edits[from]![0] === leaf.key) {
    const value = edits[from]![1];
    if (sameValue(leaf.value, value)) return moved(leaf, start);
    return value === undefined ? undefined : new Leaf(leaf.key, start, value);
  }
  const entries: Edit[] = [];
  let own: NodeValue | undefined = leaf.value;
  let placed = false;
  for (let i = from; i < to; i++) {
    const [key, value] = edits[i]!;
    if (!placed && key >= leaf.key) {
      placed = true;
      if (key === leaf.key) own = sameValue(leaf.value, value) ? leaf.value : value;
      if (own !== undefined) entries.push([leaf.key, own]);
      if (key === leaf.key) continue;
    }
    if (value !== undefined) entries.push(edits[i]!);
  }
  if (!placed) entries.push([leaf.key, leaf.value]);
  const [only] = entries;
  const isSame = only?.[0] === leaf.key && only[1] === leaf.value;
  if (isSame && entries.length === 1) return moved(leaf, start);
  return plant(context, entries, 0, entries.length, start);
}

function applyToBranch(
  context: TrieContext,
  branch: Branch,
  edits: readonly Edit[],
  from: number,
  to: number,
  start: number,
): TrieNode | undefined {
  const {end} = branch;
  const outer = Math.min(
    leaves(branch, edits[from]!, start),
    leaves(branch, edits[to - 1]!, start),
  );
  if (outer === end) return editBranch(context, branch, edits, from, to, start);
  const kept: Edit[] = [];
  for (let i = from; i < to; i++) {
    const edit = edits[i]!;
    if (edit[1] !== undefined || leaves(branch, edit, start) === end) kept.push(edit);
  }
  if (kept.length === 0) return moved(branch, start);
  const split = Math.min(leaves(branch, kept[0]!, start), leaves(branch, kept.at(-1)!, start));
  return split === end
    ? editBranch(context, branch, kept, 0, kept.length, start)
    : splitBranch(context, branch, kept, start, split);
}

/** Where a key leaves the branch's path: `branch.end` when it goes all the way. */
function leaves(branch: Branch, edit: Edit, start: number): number {
  const shared = Math.min(branch.end, edit[0].length * 2);
  return firstDifference(edit[0], branch.path, start, shared);
}

/** Some new keys leave the branch's path at `split`, where a branch above it has to come. */
function splitBranch(
  context: TrieContext,
  branch: Branch,
  edits: readonly Edit[],
  start: number,
  split: number,
): TrieNode | undefined {
  const to = edits.length;
  const ownsValue = edits[0]![0].length * 2 === split;
  const children = new Array<TrieNode | undefined>(16).fill(undefined);
  const old = nibbleAt(branch.path, split);
  children[old] = branch;
  for (let i = ownsValue ? 1 : 0; i < to; ) {
    const next = groupEnd(edits, i, to, split);
    const nibble = nibbleAt(edits[i]![0], split);
    children[nibble] = applyEdits(context, children[nibble], edits, i, next, split + 1);
    i = next;
  }
  const below = children[old];
  if (below !== undefined) children[old] = moved(below, split + 1);
  const value = ownsValue ? edits[0]![1] : undefined;
  context.resident++;
  const path = pathPrefix(branch.path, split);
  return normal(context, freshBranch(path, start, split, value, children));
}

/** All edits go through the branch or end at it. */
function editBranch(
  context: TrieContext,
  branch: Branch,
  edits: readonly Edit[],
  from: number,
  to: number,
  start: number,
): TrieNode | undefined {
  const {end} = branch;
  let {value, map} = branch;
  let dirtied = 0;
  let loaded: (TrieNode | undefined)[] | undefined;
  let at = from;
  const [first, firstValue] = edits[from]!;
  if (first.length * 2 === end) {
    if (!sameValue(value, firstValue)) value = firstValue;
    at++;
  }
  while (at < to) {
    const next = groupEnd(edits, at, to, end);
    const nibble = nibbleAt(edits[at]![0], end);
    const bit = 1 << nibble;
    const before = map & bit ? childOf(context, branch, nibble) : undefined;
    const after = applyEdits(context, before, edits, at, next, end + 1);
    if (after !== before) {
      loaded ??= branch.loaded?.slice() ?? new Array<TrieNode | undefined>(16).fill(undefined);
      loaded[nibble] = after;
      dirtied |= bit;
      map = after === undefined ? map & ~bit : map | bit;
    }
    at = next;
  }
  if (loaded === undefined && value === branch.value) return moved(branch, start);
  context.resident++;
  loaded ??= branch.loaded?.slice();
  return normal(context, changed(branch, {start, value, map, loaded, dirtied}));
}

/** A branch needs two things below or at it; with fewer it is a leaf, its only child, or nothing. */
function normal(context: TrieContext, branch: Branch): TrieNode | undefined {
  const {map, value, start} = branch;
  if (map === 0) return value === undefined ? undefined : new Leaf(branch.path, start, value);
  if (value !== undefined || (map & (map - 1)) !== 0) return branch;
  return moved(childOf(context, branch, 31 - Math.clz32(map)), start);
}
