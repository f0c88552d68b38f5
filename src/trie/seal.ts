import {branchSize, countHashed, encodeBranch, encodeLeaf, leafSize} from "./encode-node.ts";
import {
  type Branch,
  hasValuePlace,
  type Leaf,
  type NodeValue,
  setRecord,
  type TrieNode,
} from "./node.ts";
import {encodingStart, writePlace} from "./places.ts";
import type {TrieContext} from "./source.ts";

/** From this length on a node is referred to by its hash instead of standing inside its parent. */
export const SHORTEST_HASHED = 32;

/**
 * Encodes what has no encoding yet, from below, and gives that of the node. A leaf's is lent: it is good until the
 * next one, as leaves are encoded again where they are kept.
 */
export function seal(context: TrieContext, node: TrieNode, depth: number): Uint8Array {
  if (node.kind === "leaf") {
    const lent = context.arena.lend(leafSize(node));
    encodeLeaf(node, lent, 0);
    return lent;
  }
  if (!node.sealed) sealBranch(context, node, depth);
  return encodingOf(node);
}

function sealBranch(context: TrieContext, branch: Branch, depth: number): void {
  const {arena} = context;
  const references = arena.references(depth);
  const dirty = branch.map & ~branch.clean;
  for (let n = 0; n < 16; n++) {
    if ((dirty & (1 << n)) === 0) continue;
    const encoded = seal(context, branch.loaded![n]!, depth + 1);
    references[n] = encoded.length < SHORTEST_HASHED ? encoded.slice() : context.hash(encoded);
  }
  const places = countHashed(branch, references) + valuePlaces(branch.value);
  const encodingAt = encodingStart(places);
  const record = arena.take(encodingAt + branchSize(branch, references));
  record[0] = places;
  const childrenAt = encodeBranch(branch, references, record, encodingAt);
  setRecord(branch, record, encodingAt, childrenAt);
}

/** The encoding of a sealed branch. */
function encodingOf(branch: Branch): Uint8Array {
  return branch.record.subarray(branch.encodingAt);
}

/** How many places a record has for a value. */
export const valuePlaces = (value: NodeValue | undefined): 0 | 1 => (hasValuePlace(value) ? 1 : 0);

/** The record of a leaf, for the caller to keep. */
export function leafRecord(context: TrieContext, leaf: Leaf): Uint8Array {
  const {value} = leaf;
  const places = valuePlaces(value);
  const encodingAt = encodingStart(places);
  const record = context.arena.take(encodingAt + leafSize(leaf));
  record[0] = places;
  if (hasValuePlace(value)) writePlace(record, 0, value.place);
  encodeLeaf(leaf, record, encodingAt);
  return record;
}

/** The encoding of a node of a sealed trie, for the caller to keep. */
export function sealedEncoding(context: TrieContext, node: TrieNode): Uint8Array {
  if (node.kind === "branch") return encodingOf(node);
  return leafRecord(context, node).subarray(encodingStart(valuePlaces(node.value)));
}
