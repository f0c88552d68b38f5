import {branchSize, encodeBranch, encodeLeaf, leafSize, type References} from "./encode-node.ts";
import {type Branch, HASH_HEAD, referenceSize, setEncoding, type TrieNode} from "./node.ts";
import {PLACE_SIZE, readPlace, writePlace} from "./places.ts";
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
  const childrenAt = encodeBranch(node, references, bytes);
  setEncoding(node, bytes, childrenAt, carriedPlaces(context, node, references));
  return bytes;
}

/** The places for a new encoding: known ones of children that stay, none yet for the others. */
function carriedPlaces(context: TrieContext, branch: Branch, references: References): Uint8Array {
  const {raw, rawMap, map, clean, places} = branch;
  const carried = context.arena.take(countHashed(branch, references) * PLACE_SIZE);
  let at = branch.rawAt;
  let oldIndex = 0;
  let newIndex = 0;
  for (let n = 0; n < 16; n++) {
    const bit = 1 << n;
    const isHashed = (rawMap & bit) !== 0 && raw[at] === HASH_HEAD;
    if (map & clean & bit) {
      if (isHashed) writePlace(carried, newIndex++, readPlace(places, oldIndex));
    } else if (map & bit && references[n]!.length === SHORTEST_HASHED) {
      newIndex++;
    }
    if (isHashed) oldIndex++;
    if (rawMap & bit) at += referenceSize(raw, at);
  }
  return carried;
}

function countHashed(branch: Branch, references: References): number {
  const {raw, rawMap, map, clean} = branch;
  let at = branch.rawAt;
  let count = 0;
  for (let n = 0; n < 16; n++) {
    const bit = 1 << n;
    if (map & bit) {
      const isHashed =
        clean & bit ? raw[at] === HASH_HEAD : references[n]!.length === SHORTEST_HASHED;
      if (isHashed) count++;
    }
    if (rawMap & bit) at += referenceSize(raw, at);
  }
  return count;
}

/** The encoding of a node of a sealed trie, for the caller to keep. */
export function sealedBytes(context: TrieContext, node: TrieNode): Uint8Array {
  if (node.kind === "branch") return node.raw;
  return encodeLeaf(node, context.arena.take(leafSize(node)));
}
