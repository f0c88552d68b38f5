import {err, invariant, ok, type Result} from "#base";
import {type DecodeFailure, decode, encode} from "#codec";
import type {Header} from "#primitives";
import type {Authority} from "./authority-list.ts";
import {type BlockRef, sameBlock} from "./block-ref.ts";
import {ancestorAt, type ChainView} from "./chain-view.ts";
import {type AnnouncedChange, announcedChange} from "./digest-log.ts";
import {
  type AuthoritySetState,
  authoritySetState,
  effectiveNumber,
  type PendingForcedChange,
  type SetChange,
} from "./set-change.ts";
import {VoterSet} from "./voter-set.ts";

type Ancestry = Pick<ChainView, "isDescendant">;

/** Why a block's announcement was not taken; the block itself may still be imported. */
export type AnnouncementFailure =
  | {readonly code: "no-voters"; readonly block: BlockRef}
  | {readonly code: "forced-change-pending"; readonly block: BlockRef; readonly earlier: BlockRef};

/** What an imported or finalized block did to the sets. */
export interface SetEffect {
  /** What is to be persisted has changed. */
  readonly changed: boolean;
  /** Another set votes from now on. */
  readonly setChanged: boolean;
}

/**
 * Which voters are current, who comes next and from where, and where earlier sets ended (spec/network §2.6).
 * A scheduled change is made when its enacting block is finalized; a forced one when that block is imported, or later:
 * it says which block most voters had finalized, and a scheduled change up to there has been made by them and counts in
 * the numbers of their sets. Here it has to be made first as well, when its proof arrives (upstream refuses the block
 * until then).
 * Several forks may announce changes; those not on the finalized chain are forgotten.
 */
export class AuthoritySet {
  #state: AuthoritySetState;
  #voters: VoterSet;
  /** Forced changes whose block is there, and which a scheduled one has to come before. Told of again after a restart. */
  #overdue: {readonly change: PendingForcedChange; readonly block: BlockRef}[] = [];

  private constructor(state: AuthoritySetState, voters: VoterSet) {
    this.#state = state;
    this.#voters = voters;
  }

  /** Set 0 of a chain; undefined when `authorities` make no set of voters. */
  static genesis(authorities: readonly Authority[], block: BlockRef): AuthoritySet | undefined {
    return AuthoritySet.at({setId: 0, authorities, finalized: block});
  }

  /** A set that is known by other means, e.g. a warp proof; `changes`: the ends of earlier sets, as far as known. */
  static at(start: {
    readonly setId: number;
    readonly authorities: readonly Authority[];
    readonly finalized: BlockRef;
    readonly changes?: readonly SetChange[];
  }): AuthoritySet | undefined {
    const voters = VoterSet.from(start.authorities);
    const {setId, finalized} = start;
    const authorities = [...start.authorities];
    const changes = [...(start.changes ?? [])];
    return voters === undefined
      ? undefined
      : new AuthoritySet(
          {setId, authorities, finalized, scheduled: [], forced: [], changes},
          voters,
        );
  }

  static restore(bytes: Uint8Array): Result<AuthoritySet, DecodeFailure | {code: "no-voters"}> {
    const state = decode(authoritySetState, bytes);
    if (!state.ok) return state;
    const voters = VoterSet.from(state.value.authorities);
    return voters === undefined
      ? err({code: "no-voters"})
      : ok(new AuthoritySet(state.value, voters));
  }

  encode(): Uint8Array {
    return encode(authoritySetState, this.#state);
  }

  get setId(): number {
    return this.#state.setId;
  }
  get authorities(): readonly Authority[] {
    return this.#state.authorities;
  }
  get voters(): VoterSet {
    return this.#voters;
  }
  /** The last finalized block that we were told of. */
  get finalized(): BlockRef {
    return this.#state.finalized;
  }
  /** Ends of all earlier sets, oldest first. */
  get changes(): readonly SetChange[] {
    return this.#state.changes;
  }

  /** The set whose justification finalizes the canonical block of this height. */
  setIdAt(number: number): number {
    return this.changes.find(change => number <= change.last.number)?.setId ?? this.setId;
  }

  /** Takes note of an imported block. Telling of a block again, e.g. after a restart, changes nothing. */
  blockImported(
    block: BlockRef,
    header: Header,
    chain: Ancestry,
  ): Result<SetEffect, AnnouncementFailure> {
    const change = announcedChange(header);
    const added = change === undefined ? ok(false) : this.#announce(block, change, chain);
    if (!added.ok) return added;
    const due = this.#state.forced.find(
      pending =>
        effectiveNumber(pending) === block.number &&
        chain.isDescendant(pending.announced.hash, block.hash),
    );
    const isMade = due !== undefined && !this.#hasToWait(due, chain);
    if (isMade) this.#force(due, block);
    else if (due !== undefined && !this.#overdue.some(({change}) => change === due)) {
      this.#overdue.push({change: due, block});
    }
    return ok({changed: added.value || isMade, setChanged: isMade});
  }

  /** Is a scheduled change open that those who gave up this set had already made? */
  #hasToWait(
    {announced: signal, medianLastFinalized}: PendingForcedChange,
    chain: Ancestry,
  ): boolean {
    return this.#state.scheduled.some(
      pending =>
        effectiveNumber(pending) <= medianLastFinalized &&
        chain.isDescendant(pending.announced.hash, signal.hash),
    );
  }

  #announce(
    block: BlockRef,
    change: AnnouncedChange,
    chain: Ancestry,
  ): Result<boolean, AnnouncementFailure> {
    const {scheduled, forced, finalized, changes} = this.#state;
    const known = [...scheduled, ...forced].some(({announced}) => sameBlock(announced, block));
    const forcedBefore = changes.some(past => past.forced && block.number <= past.enactedAt.number);
    if (known || forcedBefore || block.number <= finalized.number) return ok(false);
    const {authorities: next, delay} = change;
    const authorities = [...next];
    if (VoterSet.from(authorities) === undefined) return err({code: "no-voters", block});
    if (change.forced === undefined) {
      scheduled.push({announced: block, delay, authorities});
      scheduled.sort((a, b) => effectiveNumber(a) - effectiveNumber(b));
      return ok(true);
    }
    const earlier = forced.find(({announced}) => chain.isDescendant(announced.hash, block.hash));
    if (earlier !== undefined) {
      return err({code: "forced-change-pending", block, earlier: earlier.announced});
    }
    forced.push({announced: block, delay, authorities, ...change.forced});
    return ok(true);
  }

  #force({authorities}: PendingForcedChange, enactedAt: BlockRef): void {
    this.#succeed(authorities, {last: this.finalized, forced: true, enactedAt});
    this.#state.scheduled = [];
    this.#state.forced = [];
    this.#overdue = [];
  }

  #succeed(authorities: Authority[], end: Omit<SetChange, "setId">): void {
    const voters = VoterSet.from(authorities);
    invariant(voters !== undefined, "announced voters were checked");
    this.#state.changes.push({setId: this.setId, ...end});
    this.#state.setId++;
    this.#state.authorities = authorities;
    this.#voters = voters;
  }

  /** After a restart: finality as the block store has it, which may be ahead of what was persisted here. */
  resumeAt(finalized: BlockRef): void {
    this.#state.finalized = finalized;
  }

  /**
   * These sets as of a final block that was final before: what is pending at it or above, on any fork, stays pending.
   * Undefined where it lies before a change of voters, who cannot be made current again.
   */
  before(finalized: BlockRef, chain: Ancestry): AuthoritySet | undefined {
    const {changes, scheduled, forced} = this.#state;
    const isBelow = ({hash}: BlockRef) => chain.isDescendant(hash, finalized.hash);
    if (!changes.every(({enactedAt}) => isBelow(enactedAt))) return undefined;
    const stays = ({announced}: {announced: BlockRef}) =>
      announced.number > finalized.number || isBelow(announced);
    const state = {
      ...this.#state,
      finalized,
      scheduled: scheduled.filter(stays),
      forced: forced.filter(stays),
      changes: [...changes],
    };
    return new AuthoritySet(state, this.#voters);
  }

  /** Takes note of a finalized block; says whether another set votes from now on. */
  blockFinalized(block: BlockRef, chain: Ancestry): SetEffect {
    const before = this.setId;
    const pending = this.#state.scheduled.length + this.#state.forced.length;
    this.#state.finalized = block;
    const alive = ({announced}: {announced: BlockRef}) =>
      announced.number <= block.number
        ? chain.isDescendant(announced.hash, block.hash)
        : chain.isDescendant(block.hash, announced.hash);
    this.#state.scheduled = this.#state.scheduled.filter(alive);
    this.#state.forced = this.#state.forced.filter(alive);
    for (;;) {
      const [next] = this.#state.scheduled;
      if (next === undefined || effectiveNumber(next) > block.number) break;
      this.#state.scheduled.shift();
      this.#succeed(next.authorities, {last: block, forced: false, enactedAt: block});
    }
    this.#overdue = this.#overdue.filter(({change}) => this.#state.forced.includes(change));
    const overdue = this.#overdue.find(({change}) => !this.#hasToWait(change, chain));
    if (overdue !== undefined) this.#force(overdue.change, overdue.block);
    const left = this.#state.scheduled.length + this.#state.forced.length;
    return {changed: left !== pending, setChanged: this.setId !== before};
  }

  /** The height beyond which no vote for `block` may go: where the first pending change on its chain is made. */
  limitFor(block: BlockRef, chain: Ancestry): number | undefined {
    let limit: number | undefined;
    for (const change of this.#state.scheduled) {
      if (!chain.isDescendant(change.announced.hash, block.hash)) continue;
      limit = Math.min(limit ?? Number.POSITIVE_INFINITY, effectiveNumber(change));
    }
    return limit;
  }

  /** A forced change that waits for a scheduled one to be proved: the block that it was to be made by. */
  get overdue(): BlockRef | undefined {
    return this.#overdue[0]?.block;
  }

  /** Is a forced change pending on any chain? */
  get hasForcedChange(): boolean {
    return this.#state.forced.length > 0;
  }

  /** The forced change that this chain waits for, if any: until it is made nobody votes. */
  forcedChangeAhead(best: BlockRef, chain: Ancestry): PendingForcedChange | undefined {
    return this.#state.forced.find(({announced}) => chain.isDescendant(announced.hash, best.hash));
  }

  /**
   * Does finality have to prove itself at this block, because a scheduled change is made here? `parent` must be
   * known to `chain`; the block itself need not be imported yet.
   */
  justificationRequired(header: Header, chain: Ancestry): boolean {
    const change = announcedChange(header);
    if (change !== undefined && change.forced === undefined && change.delay === 0) return true;
    return this.#state.scheduled.some(
      pending =>
        effectiveNumber(pending) === header.number &&
        pending.announced.number < header.number &&
        chain.isDescendant(pending.announced.hash, header.parentHash),
    );
  }

  /** Where the current set ends on the chain of `best`, if that block is there already. */
  enactingBlock(best: BlockRef, chain: Ancestry & Pick<ChainView, "header">): BlockRef | undefined {
    const limit = this.limitFor(best, chain);
    return limit === undefined ? undefined : ancestorAt(chain, best, limit);
  }
}
