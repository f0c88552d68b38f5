import {branchSize, encodeBranch, encodeLeaf, leafSize} from "./encode-node.ts";
import {setEncoding, type TrieNode} from "./node.ts";
import type {TrieContext} from "./source.ts";

/** From this length on a node is referred to by its hash instead of standing inside its parent. */
export const SHORTEST_HASHED = 32;

/**
 * The encoding of a node, after those of the nodes below it that have none yet. A leaf's is lent: it is good until
 * the next one, as leaves are encoded again where their bytes are kept.
 */
export function seal(context: TrieContext, node: TrieNode, depth: number): Uint8Array {
  const {arena} = context;
  if (node.kind === "leaf") return encodeLeaf(node, arena.lend(leafSize(node)));
  if (node.sealed) return node.raw;
  const references = arena.references(depth);
  const dirty = node.map & ~node.clean;
  for (let n = 0; n < 16; n++) {
    if ((dirty & (1 << n)) === 0) continue;
    const encoded = seal(context, node.loaded![n]!, depth + 1);
    references[n] = encoded.length < SHORTEST_HASHED ? encoded.slice() : context.hash(encoded);
  }
  const bytes = arena.take(branchSize(node, references));
  setEncoding(node, bytes, encodeBranch(node, references, bytes));
  return bytes;
}

/** The encoding of a node of a sealed trie, for the caller to keep. */
export function sealedBytes(context: TrieContext, node: TrieNode): Uint8Array {
  if (node.kind === "branch") return node.raw;
  return encodeLeaf(node, context.arena.take(leafSize(node)));
}
