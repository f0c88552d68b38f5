import type {BinaryString} from "#base";
import {passingChildOf, valueBytes} from "./load.ts";
import {pathPrefix} from "./nibbles.ts";
import {type Branch, HashedValue, referenceAt, type TrieNode} from "./node.ts";
import {SHORTEST_HASHED, sealedBytes} from "./seal.ts";
import type {TrieContext} from "./source.ts";

/** A node to be stored under the first `nibbles` nibbles of the path that lead to it, and its hash. */
export type FreshNode = {path: BinaryString; nibbles: number; hash: Uint8Array; bytes: Uint8Array};
/** A value to be stored beside its node, which has only its hash. */
export type FreshValue = {key: BinaryString; hash: Uint8Array; bytes: Uint8Array};
export type FreshNodes = {nodes: FreshNode[]; values: FreshValue[]};

/** Gathers what the source does not have yet of a sealed node and below it, and marks it as stored. */
export function collectNode(
  context: TrieContext,
  node: TrieNode,
  hash: Uint8Array,
  isRoot: boolean,
  out: FreshNodes,
): void {
  if (node.stored) return;
  addNode(context, node, hash, isRoot, out);
  const {value} = node;
  if (value instanceof HashedValue && !value.stored) {
    addValue(context, node, value, out);
    value.stored = true;
  }
  if (node.kind === "branch") collectChildren(context, node, out);
  node.stored = true;
}

function addNode(
  context: TrieContext,
  node: TrieNode,
  hash: Uint8Array,
  isRoot: boolean,
  out: FreshNodes,
): void {
  const bytes = sealedBytes(context, node);
  if (!isRoot && bytes.length < SHORTEST_HASHED) return;
  const path = pathPrefix(node.kind === "leaf" ? node.key : node.path, node.start);
  out.nodes.push({path, nibbles: node.start, hash, bytes});
}

function addValue(context: TrieContext, node: TrieNode, value: HashedValue, out: FreshNodes): void {
  const key = node.kind === "leaf" ? node.key : node.path;
  out.values.push({key, hash: value.hash, bytes: valueBytes(context, key, value)});
}

function collectChildren(context: TrieContext, branch: Branch, out: FreshNodes): void {
  for (let n = 0; n < 16; n++) {
    if ((branch.fresh & (1 << n)) === 0) continue;
    collectNode(context, branch.loaded![n]!, childHash(branch, n), false, out);
  }
  branch.fresh = 0;
}

/** Of a child that stands inside its parent this is nonsense, and not used. */
function childHash(branch: Branch, nibble: number): Uint8Array {
  const from = referenceAt(branch, nibble) + 1;
  return branch.raw.subarray(from, from + SHORTEST_HASHED);
}

/** Gathers a sealed node and everything below it. */
export function snapshotNode(
  context: TrieContext,
  node: TrieNode,
  hash: Uint8Array,
  isRoot: boolean,
  out: FreshNodes,
): void {
  addNode(context, node, hash, isRoot, out);
  if (node.value instanceof HashedValue) addValue(context, node, node.value, out);
  if (node.kind === "leaf") return;
  for (let n = 0; n < 16; n++) {
    if ((node.map & (1 << n)) === 0) continue;
    const child = passingChildOf(context, node, n);
    snapshotNode(context, child, childHash(node, n), false, out);
  }
}
