import {bytesToBinary, equalBytes, err, invariant, LruCache, type Result} from "#base";
import {decode} from "#codec";
import {type Hash, type Header, header as headerCodec} from "#primitives";
import type {Runtime, RuntimeHost} from "#runtime-api";
import {Overlay, type StateView, type WithinPrefixes} from "#state";
import {type ChainStore, formatPruning, type HeightRange} from "#store";
import {describeUnusable, type Runtimes, type RuntimeUnusable} from "../runtimes/index.ts";
import type {BlockRef} from "./chain-events.ts";
import type {ProofSizeMode} from "./execution.ts";

/** Headers kept decoded: the unfinalized ones of a healthy chain many times over. */
const DECODED_HEADERS = 1_024;
/** Sizes of proofs are not kept on disk: what is asked for is that of a block of late. */
const PROOFS_REMEMBERED = 4_096;

/** Of a state that is not there: which are. */
export interface DiscardedState {
  readonly number: number;
  readonly kept: readonly HeightRange[];
  /** The closest block of the best chain whose state is kept. */
  readonly nearest: BlockRef | undefined;
  /** What the operator asked for. */
  readonly mode: string;
  /** Pallets of it that can be read all the same. */
  readonly pallets: readonly string[];
}

/** Blocks as they are kept, on whatever fork: what is in them, and how they hang together. */
export class KeptBlocks {
  protected readonly store: ChainStore;
  readonly #runtimes: Runtimes;
  readonly #headers = new LruCache<string, Header>(DECODED_HEADERS);
  readonly #bytesOfProofs = new LruCache<string, number>(PROOFS_REMEMBERED);
  /** How its blocks are executed. */
  readonly proofSize: ProofSizeMode;

  constructor(store: ChainStore, runtimes: Runtimes, proofSize: ProofSizeMode) {
    this.store = store;
    this.#runtimes = runtimes;
    this.proofSize = proofSize;
  }

  get genesisHash(): Hash {
    return this.store.genesis.hash;
  }

  /** Whether a block stands for all below the one that the chain began with: it can be read, and nothing is made on it. */
  isStandIn(hash: Hash): boolean {
    return this.store.isStandIn(hash);
  }

  /** Ends of chains from a height on: blocks on which none is built. Costs one read a block above that height. */
  leafCount(from: number): number {
    return this.store.blocks.leaves(from).length;
  }

  headerBytes(hash: Hash): Uint8Array | undefined {
    return this.store.blocks.record(hash)?.header;
  }

  header(hash: Hash): Header | undefined {
    const key = bytesToBinary(hash);
    const known = this.#headers.get(key);
    if (known !== undefined) return known;
    const bytes = this.headerBytes(hash);
    if (bytes === undefined) return undefined;
    const decoded = decode(headerCodec, bytes);
    invariant(decoded.ok, "headers are stored as they were encoded");
    this.#headers.set(key, decoded.value);
    return decoded.value;
  }

  /** What is left of a state that is gone: some pallets. Undefined where nothing is. */
  keptPart(hash: Hash): WithinPrefixes | undefined {
    const record = this.store.blocks.record(hash);
    return record === undefined ? undefined : this.store.pruning.spared(record)?.state;
  }

  /** A state with nothing but the runtime that a block had whose state is gone; undefined where that is not known. */
  runtimeAlone(hash: Hash): StateView | undefined {
    const record = this.store.blocks.record(hash);
    return record === undefined ? undefined : this.store.pruning.runtimeAlone(record);
  }

  /** Which states are kept instead of that of a block; undefined for a block that is not known, and for one whose state is. */
  discarded(hash: Hash): DiscardedState | undefined {
    const record = this.store.blocks.record(hash);
    const {pruning} = this.store;
    if (record === undefined || pruning.hasState(record)) return undefined;
    const number = pruning.nearestState(record.number);
    const nearest = number === undefined ? undefined : this.store.blocks.canonical(number);
    return {
      number: record.number,
      kept: pruning.ranges().states,
      nearest: nearest && {hash: nearest, number: number!},
      mode: formatPruning(pruning.policy.states),
      pallets: pruning.spared(record)?.pallets.map(({name}) => name) ?? [],
    };
  }

  /** Keeps what is there of a block, and of all above it, until what it returns is called. */
  pin(hash: Hash): () => void {
    const record = this.store.blocks.record(hash);
    return record === undefined ? () => {} : this.store.pruning.pin(record);
  }

  body(hash: Hash): readonly Uint8Array[] | undefined {
    return this.store.blocks.body(hash);
  }

  /** Of a block's proof, compact; undefined where it was not noted, or is long ago. */
  bytesOfProof(hash: Hash): number | undefined {
    return this.#bytesOfProofs.get(bytesToBinary(hash));
  }

  justification(hash: Hash): Uint8Array | undefined {
    return this.store.blocks.justifications(hash);
  }

  /** Blocks kept at a height, on whatever fork. */
  hashesAt(number: number): readonly Hash[] {
    return this.store.blocks.hashesAt(number);
  }

  /** The runtime that a state runs; it was checked when the chain was opened and when code was set. */
  runtimeOf(state: StateView): Result<Runtime, string> {
    const runtime = this.resolution(state);
    return runtime.ok ? runtime : err(describeUnusable(runtime.error));
  }

  /** The same, with the reason as a code. */
  resolution(state: StateView): Result<Runtime, RuntimeUnusable> {
    return this.#runtimes.runtimeOf(state);
  }

  /** Before a block is kept: gets the runtime ready that it brings, if it brings one. Undefined where it does not. */
  prepare(state: StateView, parent: StateView): Promise<void> | undefined {
    return this.#runtimes.prepare?.(state, parent);
  }

  /** Runs something over a state whose changes are thrown away. */
  host(state: StateView, rest: Omit<RuntimeHost, "state">): RuntimeHost {
    return {...rest, state: new Overlay(state)};
  }

  /** Whether `block` is `ancestor` or follows from it. Costs a step a block that lies off the best chain. */
  isDescendant(block: BlockRef, ancestor: BlockRef): boolean {
    if (block.number < ancestor.number) return false;
    const hash = this.ancestorAt(block, ancestor.number);
    return hash !== undefined && equalBytes(hash, ancestor.hash);
  }

  /** The block at a height on the way down from another one; undefined above it, and where the way is not kept. */
  ancestorAt(block: BlockRef, height: number): Hash | undefined {
    let {hash, number} = block;
    if (height > number) return undefined;
    while (number > height) {
      if (this.store.blocks.isCanonical({hash, number})) return this.store.blocks.canonical(height);
      const record = this.store.blocks.record(hash);
      if (record === undefined) return undefined;
      hash = record.parentHash;
      number--;
    }
    return hash;
  }

  protected noteBytesOfProof(hash: Hash, size: number): void {
    this.#bytesOfProofs.set(bytesToBinary(hash), size);
  }

  /** Spares a header that is at hand from being decoded. */
  protected noteHeader(hash: Hash, header: Header): void {
    this.#headers.set(bytesToBinary(hash), header);
  }
}
