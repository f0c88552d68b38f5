import {type BinaryString, bytesToBinary, equalBytes, err, ok, type Result} from "#base";
import {compactNode} from "./compact-node.ts";
import {decodeNode} from "./decode-node.ts";
import type {HashFunction} from "./hash-function.ts";
import {isChildRoot} from "./is-child-root.ts";
import {pathWithNibble} from "./nibbles.ts";
import {
  type Branch,
  HASH_HEAD,
  HashedValue,
  referenceAt,
  referenceSize,
  type TrieNode,
  withoutPlace,
} from "./node.ts";
import {type RangeProofFailure, readOneTrie} from "./read-range-proof.ts";
import {TrieFault} from "./source.ts";

/** Nodes and values kept outside their nodes, by their hashes. */
export type ProofItems = ReadonlyMap<BinaryString, Uint8Array>;

/**
 * The compact form of a proof of a state, as those who judge a parachain's blocks read it (sp-trie `encode_compact`): the
 * nodes from `root` on in pre-order, each without the references of children that are items themselves, each value that is
 * kept outside its node right after it; then the same of each child trie whose root was come by and is an item, in the order
 * of their names. What is an item and not below any of these roots is left out. Throws `TrieFault` for an item that is no node.
 */
export function encodeCompactProof(root: Uint8Array, items: ProofItems): Uint8Array[] {
  const out: Uint8Array[] = [];
  const top = new Walk(items, out);
  top.visit(root, "", 0);
  for (const childRoot of top.childRoots) new Walk(items, out).visit(childRoot, "", 0);
  return out;
}

class Walk {
  /** In the order of their keys. */
  readonly childRoots: Uint8Array[] = [];
  readonly #items: ProofItems;
  readonly #out: Uint8Array[];

  constructor(items: ProofItems, out: Uint8Array[]) {
    this.#items = items;
    this.#out = out;
  }

  /** Whether there was such an item. */
  visit(hash: Uint8Array, path: BinaryString, nibbles: number): boolean {
    const encoding = this.#items.get(bytesToBinary(hash));
    if (encoding === undefined) return false;
    const index = this.#out.push(encoding) - 1;
    // That of a trie which holds nothing.
    if (encoding.length === 1 && encoding[0] === 0) return true;
    const node = nodeAt(encoding, path, nibbles);
    const follows = this.#visitValue(node);
    const omitted = node.kind === "branch" ? this.#visitChildren(node) : 0;
    if (follows || omitted !== 0) this.#out[index] = compactNode(node, omitted, follows);
    return true;
  }

  #visitValue(node: TrieNode): boolean {
    const value = withoutPlace(node.value);
    const key = node.kind === "leaf" ? node.key : node.path;
    if (isChildRoot(key, value)) this.childRoots.push(value);
    if (!(value instanceof HashedValue)) return false;
    const bytes = this.#items.get(bytesToBinary(value.hash));
    if (bytes !== undefined) this.#out.push(bytes);
    return bytes !== undefined;
  }

  #visitChildren(branch: Branch): number {
    let visited = 0;
    for (let n = 0; n < 16; n++) {
      if ((branch.map & (1 << n)) === 0) continue;
      const at = referenceAt(branch, n);
      // One that stands inside its parent is too short to refer to any other.
      if (branch.record[at] !== HASH_HEAD) continue;
      const hash = branch.record.subarray(at + 1, at + referenceSize(branch.record, at));
      const path = pathWithNibble(branch.path, branch.end, n);
      if (this.visit(hash, path, branch.end + 1)) visited |= 1 << n;
    }
    return visited;
  }
}

function nodeAt(encoding: Uint8Array, path: BinaryString, nibbles: number): TrieNode {
  const node = decodeNode(encoding, 0, path, nibbles);
  if (node.ok) return node.value;
  throw new TrieFault("node-malformed", path, encoding, node.error);
}

/** What a compact proof holds. */
export interface CompactProof {
  /** Of the state that it is a proof of. */
  readonly root: Uint8Array;
  readonly items: ProofItems;
}

export type CompactProofFailure =
  | RangeProofFailure
  /** The items of a trie follow whose root does not stand in the state, or not where its turn is. */
  | {readonly code: "child-unknown"; readonly root: Uint8Array};

/** Reads a proof as `encodeCompactProof` makes it. The items may come from anyone; whether `root` is the right one is the caller's to say. */
export function decodeCompactProof(
  hash: HashFunction,
  proof: readonly Uint8Array[],
): Result<CompactProof, CompactProofFailure> {
  const top = readOneTrie(hash, proof, undefined);
  if (!top.ok) return top;
  const {root} = top.value;
  const items = new Map([...top.value.nodes, ...top.value.values]);
  const roots = childRootsOf(root, items);
  let {end} = top.value;
  let next = 0;
  while (end < proof.length) {
    const child = readOneTrie(hash, proof, undefined, end);
    if (!child.ok) return child;
    const found = child.value.root;
    while (next < roots.length && !equalBytes(roots[next]!, found)) next++;
    if (next++ === roots.length) return err({code: "child-unknown", root: found});
    for (const [name, bytes] of child.value.nodes) items.set(name, bytes);
    for (const [name, bytes] of child.value.values) items.set(name, bytes);
    end = child.value.end;
  }
  return ok({root, items});
}

function childRootsOf(root: Uint8Array, items: ProofItems): readonly Uint8Array[] {
  const walk = new Walk(items, []);
  walk.visit(root, "", 0);
  return walk.childRoots;
}
