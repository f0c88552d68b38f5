import {EMPTY_BYTES} from "#base";
import {branchSize, countHashed, encodeBranch, encodeLeaf, leafSize} from "./encode-node.ts";
import {type Branch, changed, Leaf, type NodeValue, type TrieNode} from "./node.ts";
import {encodingStart} from "./places.ts";

/** Stands before a node whose value is kept outside it and follows as the next item (spec/network §1.5). */
export const VALUE_FOLLOWS = 0x01;

/**
 * A node as it stands in a compact proof: without the references of those children (`omitted`, as bits) that are items of their
 * own, and where its value is one too (`follows`) with an empty one in its place.
 */
export function compactNode(node: TrieNode, omitted: number, follows: boolean): Uint8Array {
  return follows ? escaped(bare(node, omitted, EMPTY_BYTES)) : bare(node, omitted, node.value);
}

/** A node's encoding with another value, and without the references of some children. */
function bare(node: TrieNode, omitted: number, value: NodeValue | undefined): Uint8Array {
  if (node.kind === "leaf") return leafEncoding(new Leaf(node.key, node.start, value!));
  return branchEncoding(node, value, omitted, () => EMPTY_BYTES);
}

function escaped(encoding: Uint8Array): Uint8Array {
  const out = new Uint8Array(1 + encoding.length);
  out[0] = VALUE_FOLLOWS;
  out.set(encoding, 1);
  return out;
}

export function leafEncoding(leaf: Leaf): Uint8Array {
  const out = new Uint8Array(leafSize(leaf));
  encodeLeaf(leaf, out, 0);
  return out;
}

/** The encoding of a branch that has another value, and other references of the children in `replaced`. */
export function branchEncoding(
  branch: Branch,
  value: NodeValue | undefined,
  replaced: number,
  referenceOf: (nibble: number) => Uint8Array,
): Uint8Array {
  const {start, map} = branch;
  const other = changed(branch, {start, value, map, loaded: undefined, dirtied: replaced});
  const references: Uint8Array[] = [];
  for (let n = 0; n < 16; n++) if (replaced & (1 << n)) references[n] = referenceOf(n);
  // The places of children stand before an encoding and are of no use to others.
  const at = encodingStart(countHashed(other, references));
  const out = new Uint8Array(at + branchSize(other, references));
  encodeBranch(other, references, out, at);
  return out.subarray(at);
}
