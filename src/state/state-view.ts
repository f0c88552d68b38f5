import type {
  Change,
  Difference,
  ProofRecorder,
  StateSection,
  StateStart,
  StateVersion,
} from "#trie";
import type {ChildName, StorageKey} from "./externalities.ts";
import type {TrieState} from "./trie-state.ts";

/** The top trie of a state or one of its child tries, to read from. It does not change. */
export interface TrieView {
  get(key: StorageKey): Uint8Array | undefined;
  has(key: StorageKey): boolean;
  /** The smallest present key strictly greater than `key`. */
  nextKey(key: StorageKey): StorageKey | undefined;
  /** Keys that begin with `prefix`, in order. What comes after them is not looked at, which is seen where it is recorded. */
  keys(prefix: StorageKey): Iterable<StorageKey>;
  /** Keys that begin with `prefix`, with their values, in order; memory does not grow with their number. */
  entries(prefix?: StorageKey): Iterable<readonly [StorageKey, Uint8Array]>;
  /** 32 bytes; of a child trie that is not there, those of the empty trie. */
  root(): Uint8Array;
  /**
   * The Merkle value of the highest node at or below `key`: the hash of its encoding, or that itself if it is shorter than
   * a hash. Undefined where no key begins with `key`.
   */
  closestMerkleValue(key: StorageKey): Uint8Array | undefined;
  /** What is not as in another state, in the order of keys. */
  differencesFrom(before: TrieView): Iterable<Difference>;
}

/** What is written over a state: of each trie sorted by key and distinct. */
export interface StateChanges {
  readonly top: readonly Change[];
  readonly children: ReadonlyMap<ChildName, readonly Change[]>;
}

/** The state after some block, to read from and to build on: the top trie, and child tries by their names. */
export interface StateView extends TrieView {
  /** One that is not there is empty. */
  child(name: ChildName): TrieView;
  /** In order. */
  childNames(): Iterable<ChildName>;
  /** Nodes that prove the values of keys, absent ones too, of the top trie and of child tries, against the root. */
  prove(
    keys: Iterable<StorageKey>,
    children?: Iterable<readonly [ChildName, Iterable<StorageKey>]>,
  ): Uint8Array[];
  /**
   * Compact proof of the entries from `start` on until it passes `softSize` bytes, to be read with `readStateRange`.
   * Undefined where `start` names a child trie that is not there.
   */
  proveRange(start: StateStart, softSize: number): Uint8Array[] | undefined;
  /** The rows from `start` on, child tries among them, until they pass `softSize` bytes; undefined as with `proveRange`. */
  rows(start: StateStart, softSize: number): StateSection | undefined;
  /** The state with these changes, not yet stored; hashing waits for its root. */
  update(changes: StateChanges, version: StateVersion): TrieState;
  /** The same state, with a recorder told of all nodes that are come upon in it. */
  recorded(recorder: ProofRecorder): StateView;
}
