import type {Millis} from "#base";
import type {AccountId} from "#primitives";

/** The session as of the best block. */
export interface SessionInfo {
  readonly index: number;
  /** Blocks a session lasts. */
  readonly period: number;
  /** Blocks of the session that are there already, 0 in the block that begins it. */
  readonly blocksInto: number;
  /** The block that begins the next session. */
  readonly nextRotationBlock: number;
  /** When that block is due, in chain time, if every slot until then has its block. */
  readonly nextRotationAt: Millis;
  /** Who authors in this session, in the order of Aura's turns. */
  readonly authors: readonly AccountId[];
}

export interface SessionQuestions {
  current(): SessionInfo;
}
