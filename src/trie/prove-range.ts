import {type BinaryString, EMPTY_BYTES} from "#base";
import {compactNode} from "./compact-node.ts";
import {passingChildOf, valueBytes} from "./load.ts";
import {firstDifference, nibbleAt} from "./nibbles.ts";
import {
  type Branch,
  HASH_HEAD,
  HashedValue,
  type NodeValue,
  referenceAt,
  type TrieNode,
  withoutPlace,
} from "./node.ts";
import {sealedEncoding} from "./seal.ts";
import type {TrieContext} from "./source.ts";

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
    const value = withoutPlace(node.value);
    const isWanted = value !== undefined && (!isSeeking || key > this.#start);
    if (isWanted) this.#note(key, value);
    const follows = isWanted && value instanceof HashedValue;
    if (follows) this.#addValue(key, value);
    const omitted = node.kind === "branch" ? this.#visitChildren(node, isSeeking) : 0;
    this.items[index] = follows || omitted !== 0 ? compactNode(node, omitted, follows) : encoding;
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
