import {type BinaryString, equalBytes} from "#base";
import {passingChildOf, valueBytes} from "./load.ts";
import {firstDifference, nibbleAt} from "./nibbles.ts";
import {
  type Branch,
  HashedValue,
  type NodeValue,
  referenceAt,
  referenceSize,
  type TrieNode,
} from "./node.ts";
import {childrenOf, endOf, pathOf} from "./outline.ts";
import {entriesBelow} from "./read.ts";
import type {TrieContext} from "./source.ts";

/** A key whose value is not the same in two versions; undefined where it has none. */
export interface Difference {
  readonly key: BinaryString;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** A part of one version, with what its nodes are read through. */
interface Side {
  readonly context: TrieContext;
  readonly node: TrieNode | undefined;
}

/**
 * What differs, in the order of keys. Parts that both refer to by the same hash are not walked, so the cost is that
 * of the changes, not of the state. Both tries have to be sealed.
 */
export function* differences(before: Side, after: Side): Generator<Difference> {
  const a = before.node;
  const b = after.node;
  if (a === b) return;
  if (a === undefined || b === undefined) {
    yield* wholly(before, after);
    return;
  }
  const endA = endOf(a);
  const endB = endOf(b);
  const shared = Math.min(endA, endB);
  const split = firstDifference(pathOf(a), pathOf(b), 0, shared);
  if (split < shared) {
    const aFirst = nibbleAt(pathOf(a), split) < nibbleAt(pathOf(b), split);
    const nothing = {...before, node: undefined};
    if (aFirst) yield* wholly(before, nothing);
    yield* wholly({...after, node: undefined}, after);
    if (!aFirst) yield* wholly(before, nothing);
    return;
  }
  const valueA = endA === shared ? a.value : undefined;
  const valueB = endB === shared ? b.value : undefined;
  const key = (endA === shared ? pathOf(a) : pathOf(b)).slice(0, shared >> 1);
  yield* ofValues(key, {...before, value: valueA}, {...after, value: valueB});
  for (let n = 0; n < 16; n++) {
    if (isSameChild(a, b, shared, n)) continue;
    yield* differences(
      {...before, node: below(before.context, a, shared, n)},
      {...after, node: below(after.context, b, shared, n)},
    );
  }
}

/** Of sides of which at most one has anything. */
function* wholly(before: Side, after: Side): Generator<Difference> {
  if (before.node !== undefined) {
    for (const [key, value] of entriesBelow(before.context, before.node, "")) {
      yield {key, before: value, after: undefined};
    }
  }
  if (after.node !== undefined) {
    for (const [key, value] of entriesBelow(after.context, after.node, "")) {
      yield {key, before: undefined, after: value};
    }
  }
}

interface SideValue {
  readonly context: TrieContext;
  readonly value: NodeValue | undefined;
}

function* ofValues(key: BinaryString, a: SideValue, b: SideValue): Generator<Difference> {
  if (a.value === b.value) return;
  if (a.value instanceof HashedValue && b.value instanceof HashedValue) {
    if (equalBytes(a.value.hash, b.value.hash)) return;
  }
  const before = a.value && valueBytes(a.context, key, a.value);
  const after = b.value && valueBytes(b.context, key, b.value);
  if (before !== undefined && after !== undefined && equalBytes(before, after)) return;
  yield {key, before, after};
}

/** What a node has below its first `depth` nibbles in the direction of `nibble`: a child, or the node itself. */
function below(
  context: TrieContext,
  node: TrieNode,
  depth: number,
  nibble: number,
): TrieNode | undefined {
  if (endOf(node) > depth) return nibbleAt(pathOf(node), depth) === nibble ? node : undefined;
  if (node.kind === "leaf" || (node.map & (1 << nibble)) === 0) return undefined;
  return passingChildOf(context, node, nibble);
}

function isSameChild(a: TrieNode, b: TrieNode, depth: number, nibble: number): boolean {
  if (a.kind === "leaf" || b.kind === "leaf" || a.end !== depth || b.end !== depth) return false;
  const bit = 1 << nibble;
  if ((childrenOf(a) & bit) === 0 || (childrenOf(b) & bit) === 0) return false;
  return equalBytes(referenceOf(a, nibble), referenceOf(b, nibble));
}

function referenceOf(branch: Branch, nibble: number): Uint8Array {
  const at = referenceAt(branch, nibble);
  return branch.record.subarray(at, at + referenceSize(branch.record, at));
}
