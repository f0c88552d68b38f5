import {type BinaryString, EMPTY_BYTES} from "#base";
import {branchSize, countHashed, encodeBranch, encodeLeaf, leafSize} from "./encode-node.ts";
import {passingChildOf, valueBytes} from "./load.ts";
import {firstDifference, nibbleAt} from "./nibbles.ts";
import {
  type Branch,
  changed,
  HASH_HEAD,
  HashedValue,
  Leaf,
  type NodeValue,
  referenceAt,
  type TrieNode,
} from "./node.ts";
import {encodingStart} from "./places.ts";
import {sealedEncoding} from "./seal.ts";
import type {TrieContext} from "./source.ts";

/** Stands before a node whose value is kept outside it and follows as the next item (spec/network §1.5). */
export const VALUE_FOLLOWS = 0x01;

export interface RangeProofOptions {
  /** The first entry is the one after this key; the way to it is proved too. */
  readonly start: BinaryString | undefined;
  readonly softSize: number;
  /** Entries that are proved whatever their size; 1 by default. */
  readonly least?: number;
  /**
   * Told of each entry as it is come by, but for those that stand inside the nodes of others; says how many bytes that
   * adds to the proof, and whether the range ends with it.
   */
  readonly onEntry?: (key: BinaryString, value: NodeValue, size: number) => EntryNote;
}

export interface EntryNote {
  readonly size: number;
  readonly isEnd: boolean;
}

export interface RangeProof {
  readonly items: Uint8Array[];
  readonly size: number;
  /** No entry comes after those proved. */
  readonly isComplete: boolean;
}

/**
 * The nodes that prove all entries from the first after `start` on until they pass `softSize` bytes: in pre-order, each
 * without the references of those children that are items themselves. At least one entry is proved where there is one.
 */
export function proveRange(
  context: TrieContext,
  top: TrieNode,
  options: RangeProofOptions,
): RangeProof {
  const walk = new Walk(context, options);
  walk.visit(top, options.start !== undefined);
  return walk;
}

class Walk implements RangeProof {
  readonly items: Uint8Array[] = [];
  readonly #context: TrieContext;
  readonly #start: BinaryString;
  readonly #options: RangeProofOptions;
  size = 0;
  isComplete = true;
  #entries = 0;
  #isEnded = false;

  constructor(context: TrieContext, options: RangeProofOptions) {
    this.#context = context;
    this.#start = options.start ?? "";
    this.#options = options;
  }

  get #isFull(): boolean {
    const {least = 1, softSize} = this.#options;
    return this.#isEnded || (this.#entries >= least && this.size >= softSize);
  }

  /** `isSeeking`: the way to the node is the beginning of `start`, so part of what is below it may come before. */
  visit(node: TrieNode, isSeeking: boolean): void {
    const index = this.items.push(EMPTY_BYTES) - 1;
    const key = node.kind === "leaf" ? node.key : node.path;
    const encoding = sealedEncoding(this.#context, node);
    this.size += encoding.length;
    const isWanted = node.value !== undefined && (!isSeeking || key > this.#start);
    if (isWanted) this.#note(key, node.value);
    const follows = isWanted && node.value instanceof HashedValue;
    if (follows) this.#addValue(key, node.value);
    const omitted = node.kind === "branch" ? this.#visitChildren(node, isSeeking) : 0;
    if (!follows && omitted === 0) this.items[index] = encoding;
    else
      this.items[index] = follows
        ? escaped(bare(node, omitted, EMPTY_BYTES))
        : bare(node, omitted, node.value);
  }

  #note(key: BinaryString, value: NodeValue): void {
    this.#entries++;
    const note = this.#options.onEntry?.(key, value, this.size);
    if (note === undefined) return;
    this.size += note.size;
    this.#isEnded = note.isEnd;
  }

  #addValue(key: BinaryString, value: HashedValue): void {
    const bytes = valueBytes(this.#context, key, value);
    this.items.push(bytes);
    this.size += bytes.length;
  }

  /** Which children have become items of their own, as bits. */
  #visitChildren(branch: Branch, isSeeking: boolean): number {
    const from = isSeeking ? firstChild(branch, this.#start) : {nibble: 0, isOnWay: false};
    let visited = 0;
    for (let n = from.nibble; n < 16; n++) {
      if ((branch.map & (1 << n)) === 0) continue;
      const isOnWay = from.isOnWay && n === from.nibble;
      if (this.#isFull && !isOnWay) {
        this.isComplete = false;
        break;
      }
      if (branch.record[referenceAt(branch, n)] === HASH_HEAD) {
        visited |= 1 << n;
        this.visit(passingChildOf(this.#context, branch, n), isOnWay);
      } else if (!isOnWay) this.#entries++;
    }
    return visited;
  }
}

/** The first child with anything after `start` below it, and whether `start` itself leads there. */
function firstChild(branch: Branch, start: BinaryString): {nibble: number; isOnWay: boolean} {
  const length = start.length * 2;
  const shared = Math.min(branch.end, length);
  const split = firstDifference(start, branch.path, branch.start, shared);
  if (split < shared) {
    const isBefore = nibbleAt(branch.path, split) < nibbleAt(start, split);
    return {nibble: isBefore ? 16 : 0, isOnWay: false};
  }
  if (length <= branch.end) return {nibble: 0, isOnWay: false};
  return {nibble: nibbleAt(start, branch.end), isOnWay: true};
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
