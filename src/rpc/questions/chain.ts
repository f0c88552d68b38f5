import type {Result} from "#base";
import type {Hash, OpaqueExtrinsic} from "#primitives";
import type {RuntimeFailure} from "#runtime-api";
import type {StateView, StorageKey} from "#state";

/** A block by name and height. */
export interface BlockRef {
  readonly hash: Hash;
  readonly number: number;
}

/** What a consensus engine left beside a block to prove something of it: four ASCII bytes, and its own bytes. */
export interface Justification {
  readonly engine: Uint8Array;
  readonly bytes: Uint8Array;
}

/** Why a runtime call has no answer; `state-unavailable`: the block is unknown, or its state is pruned. */
export type CallFailure = RuntimeFailure | {readonly code: "state-unavailable"};

/** Of a state that is not there: which are. */
export interface DiscardedState {
  readonly number: number;
  /** Heights of the best chain, both ends inclusive. */
  readonly kept: readonly {readonly from: number; readonly to: number}[];
  /** The closest block of the best chain whose state is kept. */
  readonly nearest: BlockRef | undefined;
  /** What the operator asked to be kept, as `--state-pruning` has it. */
  readonly mode: string;
  /** Names of the pallets of it that can be read all the same. */
  readonly pallets: readonly string[];
}

/** A part of a state. */
export interface KeptPart extends StateView {
  /** Whether a key, or all keys that begin so, can be asked for. */
  holds(key: StorageKey): boolean;
}

/** Ends what was begun; calling it again does nothing. */
export type Stop = () => void;

/**
 * The chain as clients see it. Everything but the three feeds is synchronous: a read costs microseconds and a
 * promise would cost as much again.
 *
 * A block told of by a feed can be read (header, body, state) when its listener runs, and `best()` and
 * `finalized()` are then at least as far. Listeners are called one after the other and never throw.
 */
export interface ChainQuestions {
  readonly genesisHash: Hash;
  best(): BlockRef;
  finalized(): BlockRef;
  /** SCALE of the header with its seal, of any block known, on whatever fork. */
  header(block: Hash): Uint8Array | undefined;
  body(block: Hash): readonly OpaqueExtrinsic[] | undefined;
  justifications(block: Hash): readonly Justification[] | undefined;
  /** The block at this height on the best chain. */
  hashOf(number: number): Hash | undefined;
  /** Blocks known at this height, on whatever fork. */
  hashesAt(number: number): readonly Hash[];
  /** Whether a developer went back and left the block behind: no fork that may yet win. */
  isGivenUp(block: Hash): boolean;
  /** The state after the block; undefined where the block is unknown or its state gone. */
  state(block: Hash): StateView | undefined;
  /** Which states are kept instead of a block's; undefined for a block that is not known, and for one whose state is kept. */
  discarded(block: Hash): DiscardedState | undefined;
  /** What is left of a state that is gone; undefined where that is nothing. */
  keptPart(block: Hash): KeptPart | undefined;
  /** Has what is there of a block stay until it is let go. */
  pin(block: Hash): Stop;
  /** Calls the runtime on the state after the block, and throws away what it wrote. */
  call(block: Hash, name: string, args: Uint8Array): Result<Uint8Array, CallFailure>;
  /** Every block imported, on whatever fork. */
  onImport(listener: (block: BlockRef) => void): Stop;
  /** Every new best block. After a switch of forks the new best only, not the way there. */
  onBest(listener: (block: BlockRef) => void): Stop;
  /** The newest finalized block whenever it changes; blocks finalized on the way there may be left out. */
  onFinalized(listener: (block: BlockRef) => void): Stop;
}
