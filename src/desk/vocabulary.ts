import type {Millis} from "#base";
import type {ClockStatus} from "#core";
import type {AccountId, Hash} from "#primitives";
import type {CollatorFate, CollatorKind} from "#runtime-api";

/**
 * What became of a slot that this node should have authored: exactly one of these, explained in
 * docs/operator-guide.md. The first three are blocks that were made.
 */
export const SLOT_OUTCOMES = [
  /** Made, and not final yet. */
  "produced",
  /** Made and final. */
  "final",
  /** Made, and the chain went another way. */
  "lost",
  /** The chain expects a key that is not in this node's keystore. */
  "keys-missing",
  /** The session keys are queued: the account authors from a later session on. One record a session. */
  "not-in-set-yet",
  "syncing",
  "no-peers",
  /** Left to pass on purpose, since finality lags far behind. */
  "finality-lags",
  /** Something may have been signed for this slot before. */
  "guard-refused",
  /** The key is stopped, for another node signs with it too. */
  "key-stopped",
  /** The block before came so late that it took the slot, or there was one of a later slot. */
  "parent-late",
  /** The process was busy when the slot began, and too little of it was left. */
  "out-of-time",
  /** The clock is further off than the guard lets pass. */
  "clock-off",
  /** The process did not run. */
  "node-down",
  "silenced",
  /** The runtime or the keystore failed: see the log. */
  "failed",
] as const;
export type SlotOutcome = (typeof SLOT_OUTCOMES)[number];

export interface SlotRecord {
  readonly slot: number;
  /** When it began, Unix time in milliseconds. */
  readonly at: Millis;
  readonly outcome: SlotOutcome;
  readonly block: {readonly number: number; readonly hash: Hash} | undefined;
  /** For people, where there is more to say than the outcome. */
  readonly detail: string | undefined;
}

/** The whole situation in one word; each has one sentence, made of the facts at hand. */
export const VERDICTS = [
  "producing",
  /** Some of the last own slots were missed; the sentence says why. */
  "missing-slots",
  "kicked-soon",
  "keys-missing",
  /** A key of this node was proved to have signed twice, and signs nothing until `khala keys resume`. */
  "key-stopped",
  "queued",
  /** Keys are registered and the account is neither candidate nor invulnerable. */
  "not-registered",
  /** It left or was kicked, and authors until its last session ends. */
  "leaving",
  "out-of-sync",
  "finality-stalled",
  "clock-off",
  "no-peers",
  /** Nobody told the node for whom it collates, and no key in the keystore is known to the chain. */
  "no-account",
  /** The node runs without --collator. */
  "not-a-collator",
] as const;
export type VerdictCode = (typeof VERDICTS)[number];

export interface Verdict {
  readonly code: VerdictCode;
  /** `good`: nothing to do; `waiting`: nothing to do but wait; `bad`: act. */
  readonly level: "good" | "waiting" | "bad";
  readonly sentence: string;
  /** What to do next; undefined where there is nothing. */
  readonly todo: string | undefined;
}

/** One kind of session keys: all public keys one after the other, and whether the keystore holds each. */
export interface KeysHeld {
  readonly keys: Uint8Array;
  readonly isHeld: boolean;
}

export interface KeyStatus {
  /** Active in this session, in the next, and what was registered last (active two sessions after that). */
  readonly now: KeysHeld | undefined;
  readonly queued: KeysHeld | undefined;
  readonly next: KeysHeld | undefined;
  readonly verdict: "match" | "will-match" | "mismatch" | "not-registered";
  readonly sentence: string;
}

/** A key of this node that signs nothing, for another node signs with it too. */
export interface StoppedKey {
  readonly keyType: string;
  readonly publicKey: Uint8Array;
  /** What was seen, for people. */
  readonly what: string;
  /** When, Unix time in milliseconds. */
  readonly at: number;
}

export interface KickForecast {
  readonly fate: CollatorFate;
  /** Blocks since it last authored, and how many lead to a kick; undefined for who is never kicked. */
  readonly silentFor: number | undefined;
  readonly threshold: number;
  /** Blocks until the session change at which it would be kicked, were nothing authored before; undefined: never. */
  readonly blocksLeft: number | undefined;
  /** Whether there is cause for alarm: it let its turns pass, and the next session change would kick it. */
  readonly isPressing: boolean;
  readonly sentence: string;
}

export interface CollatorStanding {
  readonly kind: CollatorKind | "None";
  /** Among the candidates, from 1 on. */
  readonly position: number | undefined;
  readonly deposit: bigint;
  readonly candidacyBond: bigint;
  readonly candidates: number;
  readonly desiredCandidates: number;
  readonly isActive: boolean;
  readonly isQueued: boolean;
  /** The last block that it made itself; 0: none that is known. */
  readonly lastAuthored: number;
  readonly kick: KickForecast;
}

/** Own slots since the session began, against what is expected of this account. */
export interface Production {
  /** Slots gone by in which it was this node's turn, and blocks made in them that are still in the chain. */
  readonly turns: number;
  readonly made: number;
  /** Blocks that this account's share of all blocks of the session would be, and what luck allows (two sigma). */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

export interface CollatorStatus {
  readonly account: AccountId | undefined;
  readonly verdict: Verdict;
  readonly keys: KeyStatus | undefined;
  readonly stoppedKeys: readonly StoppedKey[];
  readonly standing: CollatorStanding | undefined;
  readonly production: Production;
  /** The next slot that is this node's, as far as this session's set tells. */
  readonly nextSlot: {readonly slot: number; readonly at: Millis} | undefined;
  /** When this account's keys become active, if they are on their way. */
  readonly authorsFrom:
    | {readonly session: number; readonly block: number; readonly at: Millis}
    | undefined;
  readonly session: {
    readonly index: number;
    readonly period: number;
    readonly blocksInto: number;
    readonly nextRotationBlock: number;
    readonly nextRotationAt: Millis;
  };
  readonly head: {
    readonly best: number;
    readonly bestHash: Hash;
    readonly finalized: number;
    /** Milliseconds since the best block's slot began. */
    readonly age: number;
    readonly slotDuration: number;
    readonly peers: number;
    readonly isSyncing: boolean;
    readonly stall: string | undefined;
  };
  readonly clock: ClockStatus;
  readonly balance: {readonly free: bigint; readonly reserved: bigint} | undefined;
}

export interface SetMember {
  readonly account: AccountId;
  readonly kind: CollatorKind;
  readonly deposit: bigint;
  readonly isActive: boolean;
  readonly isQueued: boolean;
  /** The last block that it made itself; 0: none that is known. */
  readonly lastAuthored: number;
  /** Blocks of this session that it authored, on the best chain; and what its share would be. */
  readonly authored: number;
  readonly expected: number;
  readonly kick: KickForecast;
  /** Whether this node holds the keys. */
  readonly isOurs: boolean;
}

export interface CollatorSetView {
  readonly candidacyBond: bigint;
  readonly desiredCandidates: number;
  readonly kickThreshold: number;
  readonly minEligible: number;
  readonly members: readonly SetMember[];
}

/** What one block brought its author. */
export interface BlockReward {
  readonly number: number;
  readonly hash: Hash;
  readonly at: Millis;
  readonly amount: bigint;
  /** The pot before and after. */
  readonly potBefore: bigint;
  readonly potAfter: bigint;
}
