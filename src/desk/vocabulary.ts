import type {Millis} from "#base";
import type {ClockStatus} from "#core";
import type {AccountId, Hash} from "#primitives";
import type {CollatorFate, CollatorKind, TypedKey} from "#runtime-api";
import type {LagPoint, SlotBucket} from "./history/index.ts";

export type {AlertsView} from "./alerts/vocabulary.ts";

/**
 * What is undefined in the desk's answers and not said to mean something else is not known: the chain does not publish it,
 * or its state is not kept.
 */

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
  /** The block was made, and the runtime's own `validate_block` refuses it: it was not kept. */
  "judged-invalid",
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
  /** It is no candidate any more, since a change of sessions took it off the list for its silence. */
  "kicked",
  "keys-missing",
  /** A key of this node was proved to have signed twice, and signs nothing until `khala keys resume`. */
  "key-stopped",
  "queued",
  /** Keys are registered and the account is neither candidate nor invulnerable. */
  "not-registered",
  /** It is a candidate, and others with higher deposits have all places. */
  "outbid",
  /** It left, and authors until its last session ends. */
  "leaving",
  "out-of-sync",
  "finality-stalled",
  "clock-off",
  "no-peers",
  /** Nobody told the node for whom it collates, and no key in the keystore is known to the chain. */
  "no-account",
  /** The chain does not publish who makes its blocks, or who stands for it. */
  "set-unpublished",
  /** The node runs without --collator. */
  "not-a-collator",
  /** The chain's blocks are made in a way that this program does not know, or need a relay chain. */
  "state-only",
] as const;
export type VerdictCode = (typeof VERDICTS)[number];

/** That a change of sessions took a candidate off the list. Blocks. */
export interface Kick {
  readonly account: AccountId;
  readonly block: number;
  /** When that block's slot began, Unix time in milliseconds. */
  readonly at: Millis | undefined;
  /** What it had put up, which came back with the kick; smallest unit. */
  readonly bond: bigint | undefined;
  /** Since it had last authored, and how many lead to that. */
  readonly silentFor: number | undefined;
  readonly threshold: number | undefined;
}

/** When a state began that lasts. */
export interface Since {
  /** Unix time in milliseconds. */
  readonly at: Millis;
  /** It was so when this node began to look: it has lasted longer, by how much is unknown. */
  readonly isAtLeast: boolean;
}

/** A key whose vote the running round of finality lacks. */
export interface MissingVoter {
  readonly key: Uint8Array;
  /** Whose key it is, by the chain. */
  readonly account: AccountId | undefined;
}

/** How the chain's time stands to the machine's. */
export interface TimeStatus {
  /** What the chain's clock shows, Unix time in milliseconds, as people know it. */
  readonly at: Millis;
  /** Milliseconds that the chain's time is ahead of the machine's. */
  readonly ahead: number;
  /** Milliseconds of it in a real one. */
  readonly rate: number;
}

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
  /** Each by itself, in the runtime's own order. */
  readonly byType: readonly TypedKey[] | undefined;
  readonly isHeld: boolean | undefined;
}

export interface KeyStatus {
  /** Active in this session, in the next, and what was registered last (active two sessions after that). */
  readonly now: KeysHeld | undefined;
  readonly queued: KeysHeld | undefined;
  readonly next: KeysHeld | undefined;
  /** `unknown`: the chain does not say whose the active keys are, or of which types. */
  readonly verdict: "match" | "will-match" | "mismatch" | "not-registered" | "unknown";
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
  readonly fate: CollatorFate | undefined;
  /** Blocks since it last authored, and how many lead to a kick; undefined for who is never kicked, too. */
  readonly silentFor: number | undefined;
  readonly threshold: number | undefined;
  /**
   * Blocks until the session change at which it would be kicked, were nothing authored before; undefined: never, or where
   * the fate is, not known.
   */
  readonly blocksLeft: number | undefined;
  /** Whether there is cause for alarm: it let its turns pass, and the next session change would kick it. */
  readonly isPressing: boolean;
  readonly sentence: string;
}

export interface CollatorStanding {
  readonly kind: CollatorKind | "None" | undefined;
  /** Among the candidates, from 1 on; undefined for others. */
  readonly position: number | undefined;
  readonly deposit: bigint | undefined;
  readonly candidacyBond: bigint | undefined;
  readonly candidates: number | undefined;
  readonly desiredCandidates: number | undefined;
  readonly isActive: boolean;
  readonly isQueued: boolean | undefined;
  /** The last block that it made itself; 0: none that is known. */
  readonly lastAuthored: number | undefined;
  readonly kick: KickForecast;
}

/** Own slots since the session began, against what is expected of this account. */
export interface Production {
  /** Slots gone by in which it was this node's turn, and blocks made in them that are still in the chain. */
  readonly turns: number | undefined;
  readonly made: number | undefined;
  /** Blocks that this account's share of all blocks of the session would be, and what luck allows (two sigma). */
  readonly expected: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

export interface CollatorStatus {
  readonly account: AccountId | undefined;
  readonly verdict: Verdict;
  /** Since when it is so: by the chain where it tells, else as this node saw it begin. */
  readonly since: Since | undefined;
  readonly keys: KeyStatus | undefined;
  readonly stoppedKeys: readonly StoppedKey[];
  /** Undefined where no account is known, or the chain does not publish a set. */
  readonly standing: CollatorStanding | undefined;
  /** Why the chain's set is not known, in words without an end; undefined where it is. */
  readonly whyNoSet: string | undefined;
  /** Keys that take turns on top of the best block, and how many of them this node holds. */
  readonly authorities: {readonly count: number; readonly held: number} | undefined;
  readonly production: Production;
  /** The next slot that is this node's, as far as this session's set tells. */
  readonly nextSlot: {readonly slot: number; readonly at: Millis} | undefined;
  /** When this account's keys become active, if they are on their way. */
  readonly authorsFrom:
    | {
        readonly session: number | undefined;
        readonly block: number | undefined;
        readonly at: Millis | undefined;
      }
    | undefined;
  readonly session: {
    readonly index: number | undefined;
    /** Blocks a session lasts. */
    readonly period: number | undefined;
    readonly blocksInto: number | undefined;
    readonly nextRotationBlock: number | undefined;
    readonly nextRotationAt: Millis | undefined;
  };
  readonly head: {
    readonly best: number;
    readonly bestHash: Hash;
    readonly finalized: number;
    /** When the last final block's slot began; undefined of the first block, which has none. */
    readonly finalizedAt: Millis | undefined;
    /** Milliseconds since the best block's slot began. */
    readonly age: number;
    readonly slotDuration: number;
    readonly peers: number;
    readonly isSyncing: boolean;
    readonly stall: string | undefined;
    /** Whose votes are waited for, where the running round lasts for seconds or finality stands still; else none. */
    readonly missingVoters: readonly MissingVoter[];
  };
  readonly clock: ClockStatus;
  readonly time: TimeStatus;
  readonly balance:
    | {readonly free: bigint | undefined; readonly reserved: bigint | undefined}
    | undefined;
}

export interface SetMember {
  readonly account: AccountId;
  readonly kind: CollatorKind | undefined;
  readonly deposit: bigint | undefined;
  readonly isActive: boolean;
  readonly isQueued: boolean | undefined;
  /** The last block that it made itself; 0: none that is known. */
  readonly lastAuthored: number | undefined;
  /** Blocks of this session that it authored, on the best chain; and what its share would be. */
  readonly authored: number | undefined;
  readonly expected: number | undefined;
  readonly kick: KickForecast;
  /** Whether this node holds the keys. */
  readonly isOurs: boolean;
}

export interface CollatorSetView {
  readonly candidacyBond: bigint | undefined;
  readonly desiredCandidates: number | undefined;
  readonly kickThreshold: number | undefined;
  readonly minEligible: number | undefined;
  /** Whether only candidates count for that, and no invulnerables. */
  readonly isOfCandidates: boolean;
  readonly members: readonly SetMember[] | undefined;
  /** Who was taken off the list for silence in the last sessions, newest first, as far back as states are kept. */
  readonly kicked: readonly Kick[];
}

/** How it went up to now. All times Unix time in milliseconds. */
export interface CollatorHistory {
  readonly from: number;
  readonly to: number;
  readonly lag: {
    /** When the node began to note; undefined: it noted nothing yet. */
    readonly since: number | undefined;
    /** Milliseconds of one step. */
    readonly step: number;
    readonly points: readonly LagPoint[];
  };
  readonly slots: {
    /** Of the oldest own slot that is still noted; undefined: there was none. */
    readonly since: number | undefined;
    readonly step: number;
    readonly buckets: readonly SlotBucket[];
  };
}

/** What one block brought its author. */
export interface BlockReward {
  readonly number: number;
  readonly hash: Hash;
  readonly at: Millis;
  /** What it brought its author when it began. */
  readonly amount: bigint | undefined;
  /** The pot before and after. */
  readonly potBefore: bigint | undefined;
  readonly potAfter: bigint | undefined;
}
