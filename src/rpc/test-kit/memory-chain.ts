import {type BinaryString, bytesToBinary, err, ok, type Result} from "#base";
import {encode} from "#codec";
import type {Hashing} from "#crypto";
import {type Hash, type Header, header, type OpaqueExtrinsic} from "#primitives";
import {memoryState, type StateView, TrieState, WithinPrefixes} from "#state";
import {sortChanges} from "#trie";
import type {
  BlockRef,
  CallFailure,
  ChainQuestions,
  DiscardedState,
  Justification,
  KeptPart,
  Stop,
} from "../questions/chain.ts";

interface Block {
  readonly ref: BlockRef;
  readonly encoded: Uint8Array;
  readonly parent: Hash;
  readonly body: readonly OpaqueExtrinsic[];
  readonly state: StateView;
  readonly justifications: readonly Justification[] | undefined;
}

type Changes = Iterable<readonly [BinaryString, Uint8Array | undefined]>;

export interface NewBlock {
  /** The best block when left out. */
  readonly parent?: Hash;
  /** Added to the parent's state; `undefined` removes. */
  readonly changes?: Changes;
  /** The same of child tries, by their names. */
  readonly childChanges?: Iterable<readonly [BinaryString, Changes]>;
  readonly body?: readonly OpaqueExtrinsic[];
  readonly justifications?: readonly Justification[];
  /** False leaves the best block where it is. */
  readonly isBest?: boolean;
  /** Tells siblings apart. */
  readonly salt?: number;
}

type Feed = "import" | "best" | "finalized";

/** A runtime function of the fake runtime; `undefined` traps. */
export type FakeFunction = (args: Uint8Array, state: StateView) => Uint8Array | undefined;

/** A chain with real headers and real states, in memory, and a runtime that is a table of functions. */
export class MemoryChain implements ChainQuestions {
  readonly genesisHash: Hash;
  readonly #hashing: Hashing;
  readonly #functions: Readonly<Record<string, FakeFunction>>;
  readonly #blocks = new Map<BinaryString, Block>();
  readonly #listeners = {
    import: new Set<(block: BlockRef) => void>(),
    best: new Set<(block: BlockRef) => void>(),
    finalized: new Set<(block: BlockRef) => void>(),
  };
  /** How often each block is held on to. */
  readonly pins = new Map<BinaryString, number>();
  #floor = 0;
  #spared: readonly BinaryString[] = [];
  #best: BlockRef;
  #finalized: BlockRef;

  constructor(
    hashing: Hashing,
    genesis: Iterable<readonly [BinaryString, Uint8Array]>,
    functions: Readonly<Record<string, FakeFunction>>,
  ) {
    this.#hashing = hashing;
    this.#functions = functions;
    const state = memoryState(genesis, bytes => hashing.blake2b256(bytes));
    const block = this.#add(new Uint8Array(32), 0, state, {});
    this.genesisHash = block.ref.hash;
    this.#best = block.ref;
    this.#finalized = block.ref;
  }

  /** Listeners there are, over all feeds. */
  get listeners(): number {
    const {import: imported, best, finalized} = this.#listeners;
    return imported.size + best.size + finalized.size;
  }

  best(): BlockRef {
    return this.#best;
  }

  finalized(): BlockRef {
    return this.#finalized;
  }

  header(block: Hash): Uint8Array | undefined {
    return this.#get(block)?.encoded;
  }

  body(block: Hash): readonly OpaqueExtrinsic[] | undefined {
    return this.#get(block)?.body;
  }

  justifications(block: Hash): readonly Justification[] | undefined {
    return this.#get(block)?.justifications;
  }

  hashOf(number: number): Hash | undefined {
    let block = this.#get(this.#best.hash);
    while (block !== undefined && block.ref.number > number) block = this.#get(block.parent);
    return block?.ref.number === number ? block.ref.hash : undefined;
  }

  isGivenUp(): boolean {
    return false;
  }

  hashesAt(number: number): Hash[] {
    return [...this.#blocks.values()].flatMap(({ref}) => (ref.number === number ? [ref.hash] : []));
  }

  state(block: Hash): StateView | undefined {
    return this.discarded(block) === undefined ? this.#get(block)?.state : undefined;
  }

  /** Has states below a height count as gone, but for what begins with some prefixes. */
  discardBelow(height: number, spared: readonly BinaryString[] = []): void {
    this.#floor = height;
    this.#spared = spared;
  }

  discarded(block: Hash): DiscardedState | undefined {
    const number = this.#get(block)?.ref.number;
    if (number === undefined || number >= this.#floor) return undefined;
    const kept = [{from: this.#floor, to: this.#best.number}];
    const nearest = {hash: this.hashOf(this.#floor)!, number: this.#floor};
    return {number, kept, nearest, mode: "2", pallets: []};
  }

  keptPart(block: Hash): KeptPart | undefined {
    const state = this.#get(block)?.state;
    const isWhole = this.discarded(block) === undefined || this.#spared.length === 0;
    if (isWhole || !(state instanceof TrieState)) return undefined;
    return new WithinPrefixes(state, this.#spared);
  }

  pin(block: Hash): Stop {
    const key = bytesToBinary(block);
    this.pins.set(key, (this.pins.get(key) ?? 0) + 1);
    return () => {
      const left = this.pins.get(key)! - 1;
      if (left === 0) this.pins.delete(key);
      else this.pins.set(key, left);
    };
  }

  call(block: Hash, name: string, args: Uint8Array): Result<Uint8Array, CallFailure> {
    const state = this.state(block);
    if (state === undefined) return err({code: "state-unavailable"});
    if (!Object.hasOwn(this.#functions, name)) return err({code: "function-not-found", name});
    const result = this.#functions[name]!(args, state);
    return result === undefined ? err({code: "trap", name, message: "it panicked"}) : ok(result);
  }

  onImport(listener: (block: BlockRef) => void): Stop {
    return this.#listen("import", listener);
  }

  onBest(listener: (block: BlockRef) => void): Stop {
    return this.#listen("best", listener);
  }

  onFinalized(listener: (block: BlockRef) => void): Stop {
    return this.#listen("finalized", listener);
  }

  extend(block: NewBlock = {}): BlockRef {
    const parent = this.#get(block.parent ?? this.#best.hash)!;
    const sorted = (changes: Changes = []) => sortChanges([...new Map(changes)]);
    const children = [...(block.childChanges ?? [])].map(
      ([name, changes]) => [name, sorted(changes)] as const,
    );
    const all = {top: sorted(block.changes), children: new Map(children)};
    const state = parent.state.update(all, 0);
    const {ref} = this.#add(parent.ref.hash, parent.ref.number + 1, state, block);
    if (block.isBest !== false) this.#best = ref;
    this.#tell("import", ref);
    if (block.isBest !== false) this.#tell("best", ref);
    return ref;
  }

  finalize(block: BlockRef): void {
    this.#finalized = block;
    this.#tell("finalized", block);
  }

  #add(parent: Hash, number: number, state: StateView, block: NewBlock): Block {
    const value: Header = {
      parentHash: parent,
      number,
      stateRoot: state.root(),
      extrinsicsRoot: new Uint8Array(32),
      digest: [{type: "Other", value: Uint8Array.of(block.salt ?? 0)}],
    };
    const encoded = encode(header, value);
    const added: Block = {
      ref: {hash: this.#hashing.blake2b256(encoded), number},
      encoded,
      parent,
      body: block.body ?? [],
      state,
      justifications: block.justifications,
    };
    this.#blocks.set(bytesToBinary(added.ref.hash), added);
    return added;
  }

  #get(block: Hash): Block | undefined {
    return this.#blocks.get(bytesToBinary(block));
  }

  #listen(feed: Feed, listener: (block: BlockRef) => void): Stop {
    this.#listeners[feed].add(listener);
    return () => this.#listeners[feed].delete(listener);
  }

  #tell(feed: Feed, block: BlockRef): void {
    for (const listener of [...this.#listeners[feed]]) listener(block);
  }
}
