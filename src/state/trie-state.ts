import {type BinaryString, bytesToBinary, equalBytes, LruCache} from "#base";
import {DEFAULT_CHILD_PREFIX} from "#primitives";
import {
  type Change,
  type Difference,
  isChildRoot,
  type Place,
  type ProofRecorder,
  proveStateRange,
  type StateSection,
  type StateStart,
  type StateVersion,
  sortChanges,
  stateRows,
  type Trie,
  whileReadingChild,
} from "#trie";
import {childNameOf, childRootKey} from "./child-roots.ts";
import {entryDifferences} from "./entry-differences.ts";
import type {ChildName, StorageKey} from "./externalities.ts";
import type {StateChanges, StateView, TrieView} from "./state-view.ts";

/** Finds the child trie with this root; its nodes are read when needed. `place`: of its top node, 0 where that is not known. */
export type OpenChild = (name: ChildName, root: Uint8Array, place: Place) => Trie;

/** Child tries that stay open for the next read. */
const OPEN_CHILDREN = 32;

/** Reads one trie. */
export class TrieReader implements TrieView {
  readonly trie: Trie;

  constructor(trie: Trie) {
    this.trie = trie;
  }

  get(key: StorageKey): Uint8Array | undefined {
    return this.trie.get(key);
  }

  has(key: StorageKey): boolean {
    return this.trie.has(key);
  }

  nextKey(key: StorageKey): StorageKey | undefined {
    return this.trie.nextKey(key);
  }

  keys(prefix: StorageKey): Iterable<StorageKey> {
    return this.trie.keys(prefix);
  }

  entries(prefix: StorageKey = ""): Generator<[StorageKey, Uint8Array]> {
    return this.trie.entries(prefix);
  }

  root(): Uint8Array {
    return this.trie.root();
  }

  closestMerkleValue(key: StorageKey): Uint8Array | undefined {
    return this.trie.closestMerkleValue(key);
  }

  /** Costs what the changes cost where both are tries, and a walk through both where not. */
  differencesFrom(before: TrieView): Iterable<Difference> {
    return before instanceof TrieReader
      ? this.trie.differencesFrom(before.trie)
      : entryDifferences(before.entries(), this.entries());
  }
}

/** Says of what it misses which child trie that is of. */
class ChildReader extends TrieReader {
  readonly #name: ChildName;

  constructor(name: ChildName, trie: Trie) {
    super(trie);
    this.#name = name;
  }

  override get(key: StorageKey): Uint8Array | undefined {
    try {
      return super.get(key);
    } catch (error) {
      throw whileReadingChild(this.#name, error);
    }
  }

  override has(key: StorageKey): boolean {
    try {
      return super.has(key);
    } catch (error) {
      throw whileReadingChild(this.#name, error);
    }
  }

  override nextKey(key: StorageKey): StorageKey | undefined {
    try {
      return super.nextKey(key);
    } catch (error) {
      throw whileReadingChild(this.#name, error);
    }
  }

  override *keys(prefix: StorageKey): Generator<StorageKey> {
    try {
      yield* super.keys(prefix);
    } catch (error) {
      throw whileReadingChild(this.#name, error);
    }
  }
}

/**
 * A state as tries: what every state comes to that is stored. Child tries that the source may not have yet are held on
 * to; others are opened by the roots that stand in the top trie.
 */
export class TrieState extends TrieReader implements StateView {
  readonly #open: OpenChild;
  /** By name; the root that stands in the top trie says whether one still counts. */
  readonly #fresh: Map<ChildName, Trie>;
  /** The same state, where this one is recorded. */
  readonly #plain: TrieState;
  /** What it was made from, and how. */
  #made: {readonly from: Trie; readonly changes: readonly Change[]} | undefined;

  constructor(
    trie: Trie,
    open: OpenChild,
    fresh: Map<ChildName, Trie> = new Map(),
    plain?: TrieState,
  ) {
    super(trie);
    this.#open = open;
    this.#fresh = fresh;
    this.#plain = plain ?? this;
  }

  child(name: ChildName): TrieView {
    return new ChildReader(name, this.#childTrie(name));
  }

  *childNames(): Generator<ChildName> {
    for (const [name] of this.childTries()) yield name;
  }

  /** All of them, by their names. */
  *childTries(): Generator<readonly [ChildName, Trie]> {
    for (const [key, value] of this.trie.entries(DEFAULT_CHILD_PREFIX)) {
      if (isChildRoot(key, value)) {
        const name = childNameOf(key)!;
        yield [name, this.#opened(name, value, this.trie.childPlace(key))];
      }
    }
  }

  prove(
    keys: Iterable<StorageKey>,
    children: Iterable<readonly [ChildName, Iterable<StorageKey>]> = [],
  ): Uint8Array[] {
    const wanted = [...children];
    if (wanted.length === 0) return this.trie.prove(keys);
    const roots = wanted.map(([name]) => childRootKey(name));
    const items = new Map<BinaryString, Uint8Array>();
    const add = (nodes: Uint8Array[]) => {
      for (const node of nodes) items.set(bytesToBinary(node), node);
    };
    add(this.trie.prove([...keys, ...roots]));
    for (const [name, childKeys] of wanted) {
      // That there is none, the top trie has proved.
      const trie = this.#childTrie(name);
      if (!trie.isEmpty) add(trie.prove(childKeys));
    }
    return [...items.values()];
  }

  proveRange(start: StateStart, softSize: number): Uint8Array[] | undefined {
    const childAt = (key: StorageKey, root: Uint8Array) =>
      this.#opened(childNameOf(key)!, root, this.trie.childPlace(key));
    return proveStateRange(this.trie, childAt, start, softSize);
  }

  rows(start: StateStart, softSize: number): StateSection | undefined {
    const childAt = (key: StorageKey, root: Uint8Array) =>
      this.#opened(childNameOf(key)!, root, this.trie.childPlace(key));
    return stateRows(this.trie, childAt, start, softSize);
  }

  update({top, children}: StateChanges, version: StateVersion): TrieState {
    const fresh = new Map(this.#plain.#fresh);
    const roots: Change[] = [];
    for (const [name, changes] of children) {
      const before = this.#childTrie(name);
      const after = before.update(changes, version);
      if (equalBytes(after.root(), before.root())) continue;
      fresh.set(name, after);
      roots.push([childRootKey(name), after.isEmpty ? undefined : after.root()]);
    }
    const all = roots.length === 0 ? top : sortChanges([...new Map([...top, ...roots])]);
    const state = new TrieState(this.trie.update(all, version), this.#plain.#open, fresh);
    state.#made = {from: this.trie, changes: all};
    return state;
  }

  /** What was written over the state with that root to make this one, of the top trie; undefined where that is not at hand. */
  changesSince(root: Uint8Array): readonly Change[] | undefined {
    const made = this.#made;
    return made !== undefined && equalBytes(made.from.root(), root) ? made.changes : undefined;
  }

  recorded(recorder: ProofRecorder): StateView {
    const plain = this.#plain;
    const open: OpenChild = (name, root, place) =>
      plain.#opened(name, root, place).recorded(recorder);
    return new TrieState(plain.trie.recorded(recorder), open, undefined, plain);
  }

  /** Child tries that the source may lack, by their names. */
  freshChildTries(): readonly (readonly [ChildName, Trie])[] {
    return [...this.#fresh].filter(([name, trie]) => this.#childTrie(name) === trie);
  }

  /** The source has all of them by now, and how the state came to be is told. */
  forgetFresh(): void {
    this.#made = undefined;
    this.#fresh.clear();
  }

  #childTrie(name: ChildName): Trie {
    const key = childRootKey(name);
    const root = this.trie.get(key);
    if (!isChildRoot(key, root)) return this.trie.emptyBeside();
    return this.#opened(name, root, this.trie.childPlace(key));
  }

  #opened(name: ChildName, root: Uint8Array, place: Place): Trie {
    const fresh = this.#fresh.get(name);
    const isFresh = fresh !== undefined && equalBytes(fresh.root(), root);
    if (isFresh) return fresh;
    try {
      return this.#open(name, root, place);
    } catch (error) {
      throw whileReadingChild(name, error);
    }
  }
}

/** The state of a trie, whose child tries are read from the same source by their hashes alone. */
export function stateViewOf(trie: Trie): TrieState {
  return new TrieState(
    trie,
    keptOpen((_, root) => trie.beside(root)),
  );
}

/** Has the last few child tries stay open. */
export function keptOpen(open: OpenChild): OpenChild {
  const kept = new LruCache<string, Trie>(OPEN_CHILDREN);
  return (name, root, place) => {
    // The same content is kept at another place by every block that comes to it.
    const key = `${bytesToBinary(root)}${place}/${name}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const opened = open(name, root, place);
    kept.set(key, opened);
    return opened;
  };
}
