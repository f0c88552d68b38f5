import type {AccountId} from "#primitives";
import type {CollatorFate, CollatorKind, TypedKey} from "#runtime-api";

/** Undefined, wherever it stands in these facts: the chain does not publish it, or not in a form that can be read. */

/** What somebody signs with in one session. */
export interface SessionKeys {
  /** All public halves as the chain has them, one after the other in the runtime's own order. */
  readonly all: Uint8Array;
  /** The same apart, in that order; undefined where the runtime does not say where each begins. */
  readonly byType: readonly TypedKey[] | undefined;
}

/** Where the session stands, as of one block. */
export interface SessionFacts {
  readonly index: number;
  /** Who authors now, and who from the next rotation on. */
  readonly validators: readonly AccountId[];
  readonly queued: readonly AccountId[] | undefined;
  /** Blocks a session lasts. */
  readonly period: number | undefined;
  /** The block at whose start the next session begins. */
  readonly nextRotation: number | undefined;
}

/** Rules that most chains do not publish, from wherever else they are known. */
export interface UnpublishedRules {
  /** How sessions end: at each multiple of so many blocks. */
  readonly period: number | undefined;
  readonly kickThreshold: number | undefined;
  readonly minEligible: number | undefined;
  readonly isOfCandidates: boolean;
}

export interface MemberFacts {
  readonly account: AccountId;
  /** Undefined on chains where nobody stands for collating: who authors does so for reasons of their own. */
  readonly kind: CollatorKind | undefined;
  /** Reserved for being a candidate, in the smallest unit; 0 for others. */
  readonly deposit: bigint | undefined;
  /** Block number; 0: none that is known. */
  readonly lastAuthored: number | undefined;
  /** What the next session change does with it, were nothing authored before. */
  readonly fate: CollatorFate | undefined;
  /** Whether it authors in this session, and in the next one. */
  readonly isActive: boolean;
  readonly isQueued: boolean | undefined;
  /** The public half of the key that it seals blocks with in this session. */
  readonly auraKey: Uint8Array | undefined;
  /** Keys of the next session, and those that it registered last; undefined where there are none, too. */
  readonly queuedKeys: SessionKeys | undefined;
  readonly nextKeys: SessionKeys | undefined;
}

/** Everybody who has to do with making blocks, and the rules by which they come and go. Amounts in the smallest unit. */
export interface SetFacts {
  readonly candidacyBond: bigint | undefined;
  readonly desiredCandidates: number | undefined;
  /** Whether only so many candidates author, those with the highest deposits, and others wait for a place. */
  readonly isByDeposit: boolean;
  /** Blocks without authoring after which a candidate is kicked at a session change. */
  readonly kickThreshold: number | undefined;
  /** Nobody is kicked or let go below so many candidates and invulnerables, or candidates alone: `isOfCandidates`. */
  readonly minEligible: number | undefined;
  readonly isOfCandidates: boolean;
  readonly existentialDeposit: bigint | undefined;
  /** Whether all who stand for collating are among the members: whoever is not is no candidate then. */
  readonly isWhole: boolean;
  /** Where fees wait for authors, and what is there. */
  readonly pot: AccountId | undefined;
  readonly potBalance: bigint | undefined;
  /**
   * Invulnerables; candidates in the order of their registration, or from the highest deposit down where places go by
   * that; then who authors and is neither.
   */
  readonly members: readonly MemberFacts[];
}

export interface AccountFacts {
  readonly free: bigint | undefined;
  readonly reserved: bigint | undefined;
  readonly nonce: number | undefined;
  /** Registered last; undefined where there are none, too. */
  readonly nextKeys: SessionKeys | undefined;
}
