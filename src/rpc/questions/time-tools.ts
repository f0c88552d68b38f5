import type {Millis, Result} from "#base";
import type {ChainEvent} from "#description";
import type {Hash, OpaqueExtrinsic} from "#primitives";
import type {StorageKey} from "#state";
import type {ProduceFailure} from "./block-producer.ts";
import type {BlockRef} from "./chain.ts";

export type TimeToolFailure =
  | ProduceFailure
  /** What is asked for would part this chain from theirs. */
  | {readonly code: "peers-connected"; readonly peers: number}
  | {readonly code: "time-passed"; readonly now: Millis}
  /** No block of this chain can be so late. */
  | {readonly code: "time-ends"; readonly end: Millis}
  | {readonly code: "not-the-best"; readonly best: BlockRef}
  | {readonly code: "state-unavailable"; readonly block: Hash}
  /** It stands for all blocks below the one that the chain began with. */
  | {readonly code: "stand-in"; readonly block: Hash}
  /** Finality was handed to other voters since. */
  | {readonly code: "voters-changed"; readonly block: Hash}
  /** No block has that name. */
  | {readonly code: "snapshot-unknown"; readonly name: string; readonly known: readonly string[]}
  | {readonly code: "too-many-snapshots"; readonly most: number}
  /** Of a state by names, what does not fit: where, and what belongs there. */
  | {readonly code: "misfit"; readonly at: string; readonly expected: string}
  /** No way leads to a call with that origin. */
  | {readonly code: "dispatch-refused"; readonly reason: string}
  /** It was sent, and the block does not say what became of it. */
  | {readonly code: "dispatch-unclear"; readonly reason: string}
  | {readonly code: "code-unusable"; readonly reason: string};

/** A call in SCALE, or by its name with arguments in JSON. */
export type CallGiven = Uint8Array | {readonly call: string; readonly args?: unknown};

/** What became of a call, and the way that it went. */
export interface Dispatched extends BlockRef {
  readonly how: "signed" | "sudo" | "sudo-as" | "scheduled" | "relay-message";
  /** The error's name; undefined: it was carried out. */
  readonly error: string | undefined;
  /** Those of its extrinsic, or of the block's beginning. */
  readonly events: readonly ChainEvent[];
}

/** What is to be under which keys; undefined: nothing. */
export type StateValues = readonly (readonly [StorageKey, Uint8Array | undefined])[];

/** A block that was given a name, to come back to. */
export interface NamedSnapshot extends BlockRef {
  readonly name: string;
}

/** How developers move about in a chain's time. Of dev chains only: half of it breaks the chain's own rules. */
export interface TimeTools {
  /**
   * A block on the best one, whosesoever slot it is now: time moves to the next slot of our own. `transactions`: these,
   * and all of them, in place of the pool's.
   */
  makeBlock(transactions?: readonly OpaqueExtrinsic[]): Promise<Result<BlockRef, TimeToolFailure>>;
  /** Moves the chain's time ahead; blocks from now on are dated accordingly. */
  travelTo(time: Millis): Result<void, TimeToolFailure>;
  /** A block without transactions after which these keys have these values. */
  overrideState(values: StateValues): Promise<Result<BlockRef, TimeToolFailure>>;
  /** The keys and values for `{Pallet: {Item: value}}`, as the best block's runtime has them. */
  namedValues(json: unknown): Result<StateValues, TimeToolFailure>;
  /** Carries out a call with any origin; `origin` in JSON. */
  dispatch(request: {
    readonly origin: unknown;
    readonly call: CallGiven;
  }): Promise<Result<Dispatched, TimeToolFailure>>;
  /** A block without transactions after which that is the runtime. */
  setCode(code: Uint8Array): Promise<Result<BlockRef, TimeToolFailure>>;
  /** Makes any block that is kept the best one, final or not. What was built on it stays, to come back to. */
  setHead(block: Hash): Promise<Result<BlockRef, TimeToolFailure>>;
  /** Names the best block: its state stays until the name is dropped, also when the node is started again. */
  snapshot(name: string): Result<NamedSnapshot, TimeToolFailure>;
  /** `setHead` to a block by its name, which it keeps. */
  restore(name: string): Promise<Result<NamedSnapshot, TimeToolFailure>>;
  /** The oldest first. */
  snapshots(): readonly NamedSnapshot[];
  dropSnapshot(name: string): Result<void, TimeToolFailure>;
}
