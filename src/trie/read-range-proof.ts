import {
  type BinaryString,
  bytesToBinary,
  EMPTY_BYTES,
  equalBytes,
  err,
  ok,
  type Result,
} from "#base";
import {branchEncoding, leafEncoding, VALUE_FOLLOWS} from "./compact-node.ts";
import {decodeNode, type NodeFailure} from "./decode-node.ts";
import type {HashFunction} from "./hash-function.ts";
import {firstDifference, nibbleAt, pathWithNibble} from "./nibbles.ts";
import {type Branch, HashedValue, Leaf, referenceAt, referenceSize, type TrieNode} from "./node.ts";

/** What a range proof was found to hold. */
export interface ProvedRange {
  /** Encodings by their hashes, as the trie refers to them. */
  readonly nodes: ReadonlyMap<BinaryString, Uint8Array>;
  /** Values kept outside their nodes, by hash. */
  readonly values: ReadonlyMap<BinaryString, Uint8Array>;
  /** Entries after the start. */
  readonly entries: number;
  /** The key of the last one: where to go on from. */
  readonly last: BinaryString | undefined;
  /** Nothing comes after it. */
  readonly isComplete: boolean;
}

export type RangeProofFailure =
  | {readonly code: "node-malformed"; readonly failure: NodeFailure}
  /** An item is referred to and not there. */
  | {readonly code: "item-missing"}
  | {readonly code: "items-left-over"}
  /** Keys of more nibbles than any state has: it would only exhaust us. */
  | {readonly code: "too-deep"}
  | {readonly code: "wrong-root"; readonly found: Uint8Array};

/** Of a path in nibbles: twice the longest key that a store keeps. */
const DEEPEST = 2_048;

/**
 * Reads a proof as `proveRange` makes it and checks it against the root of the trie: all that it holds is then part
 * of that trie, and between `start` and the last entry nothing is left out. The items may come from anyone.
 */
export function readRangeProof(
  hash: HashFunction,
  root: Uint8Array,
  items: readonly Uint8Array[],
  start: BinaryString | undefined,
): Result<ProvedRange, RangeProofFailure> {
  const read = readOneTrie(hash, items, start);
  if (!read.ok) return read;
  const {root: found, end} = read.value;
  if (end < items.length) return err({code: "items-left-over"});
  return equalBytes(found, root) ? ok(read.value) : err({code: "wrong-root", found});
}

/** The range of one trie, not yet held to any root. */
export interface OneTrie extends ProvedRange {
  readonly root: Uint8Array;
  /** The item after those that belong to it. */
  readonly end: number;
  /** Entries that may be roots of other tries, `start` itself among them, in order. */
  readonly short: readonly (readonly [key: BinaryString, value: Uint8Array])[];
}

/** Reads the proof of one trie, from an item on, where those of others may follow. */
export function readOneTrie(
  hash: HashFunction,
  items: readonly Uint8Array[],
  start: BinaryString | undefined,
  from = 0,
): Result<OneTrie, RangeProofFailure> {
  const reader = new Reader(hash, items, start, from);
  reader.read();
  return reader.failure === undefined ? ok(reader) : err(reader.failure);
}

/** Reads on after a failure as if there were nothing; the first failure stays. */
class Reader implements OneTrie {
  readonly nodes = new Map<BinaryString, Uint8Array>();
  readonly values = new Map<BinaryString, Uint8Array>();
  entries = 0;
  last: BinaryString | undefined;
  isComplete = true;
  root: Uint8Array = EMPTY_BYTES;
  end: number;
  readonly short: [BinaryString, Uint8Array][] = [];
  failure: RangeProofFailure | undefined;
  readonly #hash: HashFunction;
  readonly #items: readonly Uint8Array[];
  readonly #start: BinaryString | undefined;

  constructor(
    hash: HashFunction,
    items: readonly Uint8Array[],
    start: BinaryString | undefined,
    from: number,
  ) {
    this.end = from;
    this.#hash = hash;
    this.#items = items;
    this.#start = start;
  }

  read(): void {
    const first = this.#items[this.end];
    const isEmptyTrie = first?.length === 1 && first[0] === 0;
    if (isEmptyTrie) this.end++;
    this.root = isEmptyTrie ? this.#hash(first) : this.#readItem("", 0);
  }

  /** Reads the next item, which stands at a path, with all that is below it; gives its hash. */
  #readItem(path: BinaryString, nibbles: number): Uint8Array {
    const item = this.#next();
    const follows = item[0] === VALUE_FOLLOWS;
    const bytes = follows ? item.subarray(1) : item;
    const node = this.#decode(bytes, path, nibbles);
    if (node === undefined) return EMPTY_BYTES;
    const value = follows ? this.#readValue() : node.value;
    this.#note(node);
    const hashes = node.kind === "branch" ? this.#readChildren(node) : new Map();
    let encoding = bytes;
    if (follows || hashes.size > 0) {
      let replaced = 0;
      for (const nibble of hashes.keys()) replaced |= 1 << nibble;
      encoding =
        node.kind === "branch"
          ? branchEncoding(node, value, replaced, n => hashes.get(n)!)
          : leafEncoding(new Leaf(node.key, node.start, value!));
    }
    const hash = this.#hash(encoding);
    this.nodes.set(bytesToBinary(hash), encoding);
    return hash;
  }

  #readValue(): HashedValue {
    const bytes = this.#next();
    const hash = this.#hash(bytes);
    this.values.set(bytesToBinary(hash), bytes);
    return new HashedValue(hash, bytes, true);
  }

  /** The hashes of the children that are items of their own, by nibble. */
  #readChildren(branch: Branch): Map<number, Uint8Array> {
    const hashes = new Map<number, Uint8Array>();
    for (let n = 0; n < 16; n++) {
      if ((branch.map & (1 << n)) === 0 || this.failure !== undefined) continue;
      const at = referenceAt(branch, n);
      const reference = branch.record.subarray(at + 1, at + referenceSize(branch.record, at));
      const path = pathWithNibble(branch.path, branch.end, n);
      const nibbles = branch.end + 1;
      if (reference.length === 0) hashes.set(n, this.#readItem(path, nibbles));
      else if (reference.length < 32) this.#readInline(reference, path, nibbles);
      else if (!this.#isBefore(path, nibbles)) this.isComplete = false;
    }
    return hashes;
  }

  #readInline(bytes: Uint8Array, path: BinaryString, nibbles: number): void {
    const node = this.#decode(bytes, path, nibbles);
    if (node === undefined) return;
    this.#note(node);
    if (node.kind === "leaf") return;
    for (let n = 0; n < 16; n++) {
      if ((node.map & (1 << n)) === 0) continue;
      const at = referenceAt(node, n);
      const reference = node.record.subarray(at + 1, at + referenceSize(node.record, at));
      this.#readInline(reference, pathWithNibble(node.path, node.end, n), node.end + 1);
    }
  }

  /** Counts the entry of a node, unless something before it is left out. */
  #note(node: TrieNode): void {
    const key = node.kind === "leaf" ? node.key : node.path;
    const isAfter = this.#start === undefined || key > this.#start;
    if (node.value instanceof Uint8Array && (isAfter || key === this.#start) && this.isComplete) {
      this.short.push([key, node.value]);
    }
    if (node.value === undefined || !isAfter || !this.isComplete) return;
    this.entries++;
    this.last = key;
  }

  /** Whether all below a path comes before the start. */
  #isBefore(path: BinaryString, nibbles: number): boolean {
    const start = this.#start ?? "";
    const shared = Math.min(nibbles, start.length * 2);
    const split = firstDifference(path, start, 0, shared);
    return split < shared && nibbleAt(path, split) < nibbleAt(start, split);
  }

  #decode(bytes: Uint8Array, path: BinaryString, nibbles: number): TrieNode | undefined {
    if (this.failure !== undefined) return undefined;
    const node = decodeNode(bytes, 0, path, nibbles);
    if (!node.ok) return this.#fail({code: "node-malformed", failure: node.error});
    const {value} = node;
    const depth = value.kind === "leaf" ? value.key.length * 2 : value.end;
    return depth > DEEPEST ? this.#fail({code: "too-deep"}) : value;
  }

  #next(): Uint8Array {
    const item = this.#items[this.end];
    if (item === undefined) this.#fail({code: "item-missing"});
    this.end++;
    return item ?? EMPTY_BYTES;
  }

  #fail(failure: RangeProofFailure): undefined {
    this.failure ??= failure;
    return undefined;
  }
}
