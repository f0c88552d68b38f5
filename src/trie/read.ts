import type {BinaryString} from "#base";
import {childOf, passingChildOf, valueBytes} from "./load.ts";
import {firstDifference, nibbleAt} from "./nibbles.ts";
import type {Branch, NodeValue, TrieNode} from "./node.ts";
import type {TrieContext} from "./source.ts";

export function findValue(
  context: TrieContext,
  top: TrieNode,
  key: BinaryString,
): NodeValue | undefined {
  return findHolder(context, top, key)?.value;
}

/** The node at which a key ends; a branch there need not have a value. */
export function findHolder(
  context: TrieContext,
  top: TrieNode,
  key: BinaryString,
): TrieNode | undefined {
  const length = key.length * 2;
  let node = top;
  while (node.kind === "branch") {
    const {end} = node;
    if (length < end || firstDifference(key, node.path, node.start, end) !== end) return undefined;
    if (length === end) return node;
    const nibble = nibbleAt(key, end);
    if ((node.map & (1 << nibble)) === 0) return undefined;
    node = childOf(context, node, nibble);
  }
  return node.key === key ? node : undefined;
}

/** The smallest key strictly greater than `key`. */
export function findNextKey(
  context: TrieContext,
  node: TrieNode,
  key: BinaryString,
): BinaryString | undefined {
  if (node.kind === "leaf") return node.key > key ? node.key : undefined;
  const shared = Math.min(node.end, key.length * 2);
  const split = firstDifference(key, node.path, node.start, shared);
  if (split < shared) {
    return nibbleAt(node.path, split) > nibbleAt(key, split) ? firstKey(context, node) : undefined;
  }
  if (shared < node.end) return firstKey(context, node);
  if (key.length * 2 === node.end) return firstKeyBelow(context, node, 0);
  const nibble = nibbleAt(key, node.end);
  if (node.map & (1 << nibble)) {
    const found = findNextKey(context, childOf(context, node, nibble), key);
    if (found !== undefined) return found;
  }
  return firstKeyBelow(context, node, nibble + 1);
}

function firstKey(context: TrieContext, node: TrieNode): BinaryString | undefined {
  if (node.kind === "leaf") return node.key;
  return node.value === undefined ? firstKeyBelow(context, node, 0) : node.path;
}

function firstKeyBelow(
  context: TrieContext,
  branch: Branch,
  fromNibble: number,
): BinaryString | undefined {
  for (let n = fromNibble; n < 16; n++) {
    if (branch.map & (1 << n)) return firstKey(context, childOf(context, branch, n));
  }
  return undefined;
}

/** Keys that begin with `prefix` and their values, in order. Nodes read on the way are not kept in memory. */
export function* entriesBelow(
  context: TrieContext,
  node: TrieNode,
  prefix: BinaryString,
): Generator<[BinaryString, Uint8Array]> {
  for (const {key, value} of valuesBelow(context, node, prefix, passingChildOf)) {
    yield [key, valueBytes(context, key, value)];
  }
}

/** Keys that begin with `prefix`, in order. Nothing is come upon that is neither on the way to them nor among them. */
export function* keysBelow(
  context: TrieContext,
  node: TrieNode,
  prefix: BinaryString,
): Generator<BinaryString> {
  for (const {key} of valuesBelow(context, node, prefix, childOf)) yield key;
}

function* valuesBelow(
  context: TrieContext,
  node: TrieNode,
  prefix: BinaryString,
  childAt: typeof childOf,
): Generator<{readonly key: BinaryString; readonly value: NodeValue}> {
  if (node.kind === "leaf") {
    if (node.key.startsWith(prefix)) yield node;
    return;
  }
  const shared = Math.min(node.end, prefix.length * 2);
  if (firstDifference(prefix, node.path, node.start, shared) !== shared) return;
  const within = node.end >= prefix.length * 2;
  if (within && node.value !== undefined) yield {key: node.path, value: node.value};
  const only = within ? -1 : nibbleAt(prefix, node.end);
  for (let n = 0; n < 16; n++) {
    if ((node.map & (1 << n)) === 0 || (only >= 0 && n !== only)) continue;
    yield* valuesBelow(context, childAt(context, node, n), prefix, childAt);
  }
}

/** Entries from a key on, in order. Nodes read on the way are not kept in memory. */
export function* entriesFrom(
  context: TrieContext,
  node: TrieNode,
  from: BinaryString,
): Generator<[BinaryString, Uint8Array]> {
  if (node.kind === "leaf") {
    if (node.key >= from) yield [node.key, valueBytes(context, node.key, node.value)];
    return;
  }
  const shared = Math.min(node.end, from.length * 2);
  const split = firstDifference(from, node.path, 0, shared);
  if (split < shared && nibbleAt(node.path, split) < nibbleAt(from, split)) return;
  const isWithin = split === shared && from.length * 2 > node.end;
  if (!isWithin && node.value !== undefined) {
    yield [node.path, valueBytes(context, node.path, node.value)];
  }
  const first = isWithin ? nibbleAt(from, node.end) : 0;
  for (let n = first; n < 16; n++) {
    if ((node.map & (1 << n)) === 0) continue;
    const child = passingChildOf(context, node, n);
    if (isWithin && n === first) yield* entriesFrom(context, child, from);
    else yield* entriesBelow(context, child, "");
  }
}
