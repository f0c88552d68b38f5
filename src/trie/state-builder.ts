import {type BinaryString, equalBytes, err, ok, type Result} from "#base";
import type {HashFunction} from "./hash-function.ts";
import {isChildRoot} from "./is-child-root.ts";
import type {Place} from "./places.ts";
import type {RightEdge} from "./right-edge.ts";
import {type BuilderMemory, type NodeSink, TrieBuilder} from "./trie-builder.ts";

/** One step through a state in the order of keys; after the root of a child trie come the entries of that, and its end. */
export type StateRow =
  | {
      readonly kind: "inline" | "hashed" | "child";
      readonly key: BinaryString;
      readonly value: Uint8Array;
    }
  | {readonly kind: "end"};

/** What comes after a row, in the top trie and in the child trie that the row is in. */
export interface StateEdge {
  readonly top: RightEdge;
  readonly child: RightEdge | undefined;
}

export type StateRowsFailure =
  /** Keys that do not rise, a child trie that does not begin or end where it has to. */
  | "rows-malformed"
  | "edge-malformed"
  /** With what comes after them the rows are not those of the state. */
  | "wrong-root";

/** Where the building of a state stands. */
export interface StateMemory {
  readonly top: BuilderMemory;
  readonly child: BuilderMemory | undefined;
}

/** Makes a state of its rows, child tries among them, and holds them against its root as they come. */
export class StateBuilder {
  readonly #hash: HashFunction;
  readonly #sink: NodeSink;
  readonly #root: Uint8Array;
  readonly #top: TrieBuilder;
  #child: {readonly builder: TrieBuilder; readonly root: Uint8Array} | undefined;

  constructor(hash: HashFunction, root: Uint8Array, sink: NodeSink, memory?: StateMemory) {
    this.#hash = hash;
    this.#sink = sink;
    this.#root = root;
    this.#top = new TrieBuilder(hash, sink, memory?.top);
    const childRoot = memory?.top.last?.value;
    if (memory?.child !== undefined && childRoot !== undefined && "root" in childRoot) {
      this.#child = {builder: new TrieBuilder(hash, sink, memory.child), root: childRoot.root};
    }
  }

  memory(): StateMemory {
    return {top: this.#top.memory(), child: this.#child?.builder.memory()};
  }

  add(row: StateRow): Result<void, StateRowsFailure> {
    const child = this.#child;
    if (row.kind === "end")
      return child === undefined ? err("rows-malformed") : this.#endChild(child);
    const isRoot = child === undefined && isChildRoot(row.key, row.value);
    if (isRoot !== (row.kind === "child")) return err("rows-malformed");
    const added = (child?.builder ?? this.#top).add(row.key, row.value, row.kind);
    if (!added) return err("rows-malformed");
    if (isRoot) this.#child = {builder: new TrieBuilder(this.#hash, this.#sink), root: row.value};
    return ok();
  }

  /** Holds the rows so far, and what is said to come after them, against the root. */
  check({top, child}: StateEdge): Result<void, StateRowsFailure> {
    const checks = [[this.#top, top, this.#root] as const];
    const isInChild = this.#child?.builder.lastKey !== undefined;
    if ((child !== undefined) !== isInChild) return err("edge-malformed");
    if (child !== undefined) checks.push([this.#child!.builder, child, this.#child!.root] as const);
    for (const [builder, edge, root] of checks) {
      const found = builder.rootWith(edge);
      if (!found.ok) return found;
      if (!equalBytes(found.value, root)) return err("wrong-root");
    }
    return ok();
  }

  /** After the last row: where the state is stored. */
  finish(): Result<Place, StateRowsFailure> {
    if (this.#child !== undefined) return err("rows-malformed");
    const {root, place} = this.#top.finish();
    return equalBytes(root, this.#root) ? ok(place) : err("wrong-root");
  }

  #endChild({
    builder,
    root,
  }: {
    builder: TrieBuilder;
    root: Uint8Array;
  }): Result<void, StateRowsFailure> {
    const done = builder.finish();
    if (!equalBytes(done.root, root)) return err("wrong-root");
    this.#top.placeChild(done.place);
    this.#child = undefined;
    return ok();
  }
}
