import type {Hash, Header} from "#primitives";
import type {Stop} from "./chain.ts";

/** One step of a round, as `grandpa_roundState` tells it. */
export interface StepState {
  readonly currentWeight: number;
  /** Keys of voters that were not heard of, base58 or hex as the caller likes. */
  readonly missing: readonly Uint8Array[];
}

export interface RoundStatus {
  readonly round: number;
  readonly totalWeight: number;
  readonly thresholdWeight: number;
  readonly prevotes: StepState;
  readonly precommits: StepState;
}

/** What clients may ask about finality where voters make it. */
export interface GrandpaQuestions {
  state(): {
    readonly setId: number;
    /** Milliseconds since this node entered the best round; undefined before it began. */
    readonly age: number | undefined;
    readonly best: RoundStatus;
    /** Rounds before it whose votes still count. */
    readonly background: readonly RoundStatus[];
  };
  /** SCALE of the proof of a final block's finality: its own justification or the nearest one above. */
  prove(number: number): {block: Hash; justification: Uint8Array} | "not-final" | "no-proof";
  /** Headers between a final block and the block that proves it, that one included. */
  headersAbove(number: number, proof: Hash): readonly Header[];
  onJustification(listener: (justification: Uint8Array) => void): Stop;
}
