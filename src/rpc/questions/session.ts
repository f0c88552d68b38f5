import type {Millis} from "#base";
import type {AccountId} from "#primitives";

/** The session as of the best block. Undefined: the chain does not publish it. */
export interface SessionInfo {
  readonly index: number | undefined;
  /** Blocks a session lasts. */
  readonly period: number | undefined;
  /** Blocks of the session that are there already, 0 in the block that begins it. */
  readonly blocksInto: number | undefined;
  /** The block that begins the next session. */
  readonly nextRotationBlock: number | undefined;
  /** When that block is due, if every slot until then has its block. */
  readonly nextRotationAt: Millis | undefined;
  /** Milliseconds that a slot takes: of real time, where the chain's goes faster. */
  readonly slotDuration: number;
  /** Who authors in this session, in the order of Aura's turns. */
  readonly authors: readonly AccountId[] | undefined;
}

export interface SessionQuestions {
  current(): SessionInfo;
}
