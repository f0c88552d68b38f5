import {type BinaryString, bytesToBinary, equalBytes} from "#base";
import {Arena} from "./arena.ts";
import {collectNode, type FreshNodes, type Placing} from "./collect.ts";
import {type Difference, differences} from "./differences.ts";
import {
  type Change,
  type Edit,
  editsOf,
  listEntries,
  type StateVersion,
  sortChanges,
} from "./edits.ts";
import {visitAfter} from "./entries-after.ts";
import type {HashFunction} from "./hash-function.ts";
import {loadNode, valueBytes} from "./load.ts";
import {closestMerkleValue} from "./merkle-value.ts";
import {ChildRoot, HashedValue, type TrieNode} from "./node.ts";
import {NO_PLACE, type Place} from "./places.ts";
import type {ProofRecorder} from "./proof-recorder.ts";
import {proveKeys} from "./prove.ts";
import {proveRange, type RangeProof, type RangeProofOptions} from "./prove-range.ts";
import {entriesBelow, entriesFrom, findHolder, findNextKey, findValue, keysBelow} from "./read.ts";
import {type RightEdge, rightEdge} from "./right-edge.ts";
import {seal, sealedEncoding} from "./seal.ts";
import {shed} from "./shed.ts";
import {snapshotNode} from "./snapshot.ts";
import {
  NO_SOURCE,
  type NodeSource,
  RecordingContext,
  type TrieContext,
  whileReading,
} from "./source.ts";
import {applyEdits} from "./update.ts";

/** The encoding of the trie that holds nothing. */
const EMPTY_NODE = Uint8Array.of(0);

/** The root node (none in an empty trie), or where to read it. */
type Top = {node: TrieNode | undefined} | {place: Place};

/**
 * One version of the state. It never changes; `update` gives another version that shares with it whatever is the
 * same. Reads throw `TrieFault` where the source lacks a node.
 */
export class Trie {
  readonly #context: TrieContext;
  #top: Top;
  /** Undefined until computed. */
  #root: Uint8Array | undefined;

  private constructor(context: TrieContext, top: Top, root: Uint8Array | undefined) {
    this.#context = context;
    this.#top = top;
    this.#root = root;
  }

  static empty(hash: HashFunction, source: NodeSource = NO_SOURCE): Trie {
    return new Trie(contextOf(hash, source), {node: undefined}, hash(EMPTY_NODE));
  }

  /** The trie with this root, stored at `place`, of which nothing is read before it is needed. */
  static open(
    hash: HashFunction,
    source: NodeSource,
    root: Uint8Array,
    place: Place = NO_PLACE,
  ): Trie {
    const isEmpty = equalBytes(root, hash(EMPTY_NODE));
    const top = isEmpty ? {node: undefined} : {place};
    return new Trie(contextOf(hash, source), top, root);
  }

  /** The trie with another root that reads from the same source: one whose root stands in this one. */
  beside(root: Uint8Array, place: Place = NO_PLACE): Trie {
    const {hash, source, arena} = this.#context;
    const isEmpty = equalBytes(root, hash(EMPTY_NODE));
    const top = isEmpty ? {node: undefined} : {place};
    const context = {hash, source, arena, resident: 0, recorder: undefined, plain: undefined};
    return new Trie(context, top, root);
  }

  /** One that holds nothing yet, as `beside`. */
  emptyBeside(): Trie {
    return this.beside(this.#context.hash(EMPTY_NODE));
  }

  get isEmpty(): boolean {
    return this.#topNode() === undefined;
  }

  get(key: BinaryString): Uint8Array | undefined {
    try {
      const top = this.#topNode();
      if (top === undefined) return undefined;
      const value = findValue(this.#context, top, key);
      return value === undefined ? undefined : valueBytes(this.#context, key, value);
    } catch (error) {
      throw whileReading(key, error);
    }
  }

  /** Where the top node of the child trie is stored whose root stands at `key`; `NO_PLACE` where that is not said. */
  childPlace(key: BinaryString): Place {
    const top = this.#topNode();
    const value = top === undefined ? undefined : findValue(this.#context, top, key);
    return value instanceof ChildRoot ? value.place : NO_PLACE;
  }

  /**
   * Where a value is stored, itself or the node that it stands in: two stored versions with the same answer have the same value.
   * Undefined where there is none.
   */
  valuePlace(key: BinaryString): Place | undefined {
    const top = this.#topNode();
    const node = top === undefined ? undefined : findHolder(this.#context, top, key);
    if (node?.value === undefined) return undefined;
    const ownPlace = node.value instanceof HashedValue ? node.value.place : NO_PLACE;
    return ownPlace === NO_PLACE ? node.place : ownPlace;
  }

  /** As `get(key) !== undefined`, without reading a value that is kept outside its node. */
  has(key: BinaryString): boolean {
    try {
      const top = this.#topNode();
      return top !== undefined && findValue(this.#context, top, key) !== undefined;
    } catch (error) {
      throw whileReading(key, error);
    }
  }

  /** The smallest present key strictly greater than `key`. */
  nextKey(key: BinaryString): BinaryString | undefined {
    try {
      const top = this.#topNode();
      return top === undefined ? undefined : findNextKey(this.#context, top, key);
    } catch (error) {
      throw whileReading(key, error);
    }
  }

  /** Keys that begin with `prefix`, with their values, in order; memory does not grow with their number. */
  *entries(prefix: BinaryString = ""): Generator<[BinaryString, Uint8Array]> {
    const top = this.#topNode();
    if (top !== undefined) yield* entriesBelow(this.#context, top, prefix);
  }

  /** Entries from a key on, in order; memory does not grow with their number. */
  *entriesFrom(key: BinaryString): Generator<[BinaryString, Uint8Array]> {
    const top = this.#topNode();
    if (top !== undefined) yield* entriesFrom(this.#context, top, key);
  }

  /** Keys that begin with `prefix`, in order; unlike with `nextKey`, what comes after them is not looked at. */
  *keys(prefix: BinaryString): Generator<BinaryString> {
    try {
      const top = this.#topNode();
      if (top !== undefined) yield* keysBelow(this.#context, top, prefix);
    } catch (error) {
      throw whileReading(prefix, error);
    }
  }

  /**
   * Goes through the entries after a key (from the first on where there is none), in order, until `visit` says that it is enough;
   * false where it did. `isHashed`: the value stands outside of its node.
   */
  visitAfter(
    start: BinaryString | undefined,
    visit: (key: BinaryString, value: Uint8Array, isHashed: boolean) => boolean,
  ): boolean {
    const top = this.#topNode();
    if (top === undefined) return true;
    return visitAfter(this.#context, top, start, (key, value) =>
      visit(key, valueBytes(this.#context, key, value), value instanceof HashedValue),
    );
  }

  /** What comes after a key that is in the trie. */
  rightEdge(key: BinaryString): RightEdge {
    this.root();
    const top = this.#topNode();
    return top === undefined ? [] : rightEdge(this.#context, top, key);
  }

  /**
   * The Merkle value of the highest node at or below `key`: the hash of its encoding, or that itself if it is shorter
   * than a hash. Undefined where no key begins with `key`.
   */
  closestMerkleValue(key: BinaryString): Uint8Array | undefined {
    const root = this.root();
    const top = this.#topNode();
    return top === undefined ? undefined : closestMerkleValue(this.#context, top, root, key);
  }

  /** What is not as in an earlier version, in the order of keys; costs what the changes cost, not the state. */
  *differencesFrom(before: Trie): Generator<Difference> {
    if (equalBytes(before.root(), this.root())) return;
    yield* differences(
      {context: before.#context, node: before.#topNode()},
      {context: this.#context, node: this.#topNode()},
    );
  }

  /** The version with these changes, sorted by key and distinct; hashing waits for `root`. */
  update(changes: readonly Change[], version: StateVersion): Trie {
    const edits = editsOf(changes, version, this.#context.hash);
    if (edits.length === 0) return this.#plain();
    const top = this.#topNode();
    const node = this.#edited(top, edits);
    if (node === top) return this.#plain();
    const root = node === undefined ? this.#context.hash(EMPTY_NODE) : undefined;
    return new Trie(this.#context.plain ?? this.#context, {node}, root);
  }

  /**
   * All at once, or where it is recorded one after the other: whoever does the same by the proof alone goes that way, and a
   * branch that a removal leaves with one child wants to see that child, whatever comes to stand beside it later.
   */
  #edited(top: TrieNode | undefined, edits: readonly Edit[]): TrieNode | undefined {
    if (this.#context.recorder === undefined) {
      return applyEdits(this.#context, top, edits, 0, edits.length, 0);
    }
    let node = top;
    for (let i = 0; i < edits.length; i++) {
      node = applyEdits(this.#context, node, edits, i, i + 1, 0);
    }
    return node;
  }

  /** 32 bytes. */
  root(): Uint8Array {
    if (this.#root === undefined) {
      this.#root = this.#context.hash(seal(this.#context, this.#topNode()!, 0));
    }
    return this.#root;
  }

  /**
   * What the source does not have yet. Each thing is handed out once: from here on the trie counts on the source
   * to have it, so call this when about to store it.
   */
  collect(placing: Placing): FreshNodes {
    const fresh: FreshNodes = {nodes: [], values: [], root: NO_PLACE};
    this.root();
    if ("place" in this.#top) return {...fresh, root: this.#top.place};
    const {node} = this.#top;
    if (node === undefined) return fresh;
    collectNode(this.#context, node, placing, fresh);
    return {...fresh, root: node.place};
  }

  /** Every node, stored or not: to copy a state into another source. Marks nothing. */
  snapshot(placing: Placing): FreshNodes {
    const all: FreshNodes = {nodes: [], values: [], root: NO_PLACE};
    this.root();
    const node = this.#topNode();
    if (node !== undefined) all.root = snapshotNode(this.#context, node, placing, all);
    return all;
  }

  /** Whether nodes not in memory are read from `source`. */
  readsFrom(source: NodeSource): boolean {
    return this.#context.source === source;
  }

  /** Proof of the values of `keys`, absent ones too: to be checked with `verifyProof` or read through `openProof`. */
  prove(keys: Iterable<BinaryString>): Uint8Array[] {
    const root = this.root();
    const top = this.#topNode();
    return top === undefined ? [EMPTY_NODE] : proveKeys(this.#context, top, root, keys);
  }

  /**
   * Compact proof of the entries from the first after `start` on, until it passes `softSize` bytes: to be read with
   * `readRangeProof`.
   */
  proveRange(start: BinaryString | undefined, softSize: number): Uint8Array[] {
    return this.rangeProof({start, softSize}).items;
  }

  /** The same, with how far it came. */
  rangeProof(options: RangeProofOptions): RangeProof {
    this.root();
    const top = this.#topNode();
    if (top !== undefined) return proveRange(this.#context, top, options);
    return {items: [EMPTY_NODE], size: EMPTY_NODE.length, isComplete: true};
  }

  /** An estimate from above of the nodes in memory, over all versions that share them. */
  get resident(): number {
    return this.#context.resident;
  }

  /**
   * Once more than `limit` nodes are in memory, drops stored ones, deepest first, down to half of it. They are read
   * again when needed.
   */
  shed(limit: number): void {
    const top = "node" in this.#top ? this.#top.node : undefined;
    if (top === undefined || this.#context.resident <= limit) return;
    this.#context.resident = shed(top, limit >> 1);
  }

  /** The same trie, with a recorder told of all that is come upon in reading it and in making changes to it. */
  recorded(recorder: ProofRecorder): Trie {
    const root = this.root();
    const context = new RecordingContext(this.#context.plain ?? this.#context, recorder);
    return new Trie(context, {node: this.#topNode()}, root);
  }

  #plain(): Trie {
    const {plain} = this.#context;
    return plain === undefined ? this : new Trie(plain, this.#top, this.#root);
  }

  #topNode(): TrieNode | undefined {
    const {recorder} = this.#context;
    const top = this.#knownTop();
    if (recorder === undefined) return top;
    const encoding = top === undefined ? EMPTY_NODE : sealedEncoding(this.#context, top);
    recorder.note(bytesToBinary(this.#root!), encoding);
    return top;
  }

  #knownTop(): TrieNode | undefined {
    if ("node" in this.#top) return this.#top.node;
    this.#context.resident++;
    const node = loadNode(this.#context, this.#top.place, this.#root!, "", 0);
    this.#top = {node};
    return node;
  }
}

function contextOf(hash: HashFunction, source: NodeSource): TrieContext {
  return {hash, source, arena: new Arena(), resident: 0, recorder: undefined, plain: undefined};
}

/** The root that a list has under its indices, as a header commits to a block's extrinsics (spec/network §2.1). */
export function listRoot(
  hash: HashFunction,
  items: readonly Uint8Array[],
  version: StateVersion = 0,
): Uint8Array {
  return trieRoot(hash, sortChanges(listEntries(items)), version);
}

export function trieRoot(
  hash: HashFunction,
  entries: readonly Change[],
  version: StateVersion,
): Uint8Array {
  return Trie.empty(hash).update(entries, version).root();
}
