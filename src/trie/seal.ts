import {encodeBranch, encodeLeaf} from "./encode-node.ts";
import type {TrieNode} from "./node.ts";
import type {TrieContext} from "./source.ts";

/** From this length on a node is referred to by its hash instead of standing inside its parent. */
export const SHORTEST_HASHED = 32;

/** The encoding of a node, after those of the nodes below it that have none yet. */
export function seal(context: TrieContext, node: TrieNode): Uint8Array {
  if (node.kind === "leaf") return encodeLeaf(node);
  if (node.sealed) return node.raw;
  const references = new Array<Uint8Array | undefined>(16).fill(undefined);
  const dirty = node.map & ~node.clean;
  for (let n = 0; n < 16; n++) {
    if ((dirty & (1 << n)) === 0) continue;
    const encoded = seal(context, node.loaded![n]!);
    references[n] = encoded.length < SHORTEST_HASHED ? encoded : context.hash(encoded);
  }
  const {bytes, childrenAt} = encodeBranch(node, references);
  node.raw = bytes;
  node.rawAt = childrenAt;
  node.rawMap = node.map;
  node.clean = node.map;
  node.sealed = true;
  return bytes;
}
