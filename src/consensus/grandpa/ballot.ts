import {equalBytes, type Millis, millis} from "#base";
import {isAtOrAbove} from "./authority-sets.ts";
import type {BlockRef, ChainView} from "./chain-view.ts";
import type {SignedVote, VoteKind, VoteMessage} from "./messages.ts";
import {type Counted, Round, type RoundState} from "./round.ts";
import type {Voter, VoterSet} from "./voter-set.ts";
import type {ConcludedRound} from "./voting-state.ts";

export interface BallotDependencies {
  readonly chain: ChainView;
  readonly gossipPeriod: Millis;
  readonly holds: (id: Uint8Array) => boolean;
  /** The block to vote for, given the lowest one that may be: the best chain's head, as far as votes may go. */
  readonly target: (from: BlockRef) => BlockRef;
  /** A vote of one of our keys; undefined where it must not be cast. */
  readonly cast: (voter: Voter, message: VoteMessage, round: number) => SignedVote | undefined;
}

/** What came of a step. */
export interface BallotStep {
  readonly cast: readonly SignedVote[];
  /** The round at hand has ended and the next one has begun. */
  readonly isNewRound: boolean;
}

/**
 * The rounds of one set of voters, each begun when the one before it can no longer turn out otherwise (spec/network
 * §2.3). Votes of the round before and of the one after are counted too. A round's clock runs from when there is
 * something to vote on, so an idle chain is silent; it also runs as soon as anybody else votes.
 */
export class Ballot {
  readonly voters: VoterSet;
  readonly #deps: BallotDependencies;
  readonly #own: readonly Voter[];
  #current: Round;
  #last: Round | undefined;
  #next: Round | undefined;
  #previous: ConcludedRound;
  #startedAt: Millis;
  /** Whether there was nothing to vote on so far. */
  #isIdle = true;
  #proposal: BlockRef | undefined;
  readonly #done = {PrimaryPropose: false, Prevote: false, Precommit: false};
  #finalized: BlockRef;

  constructor(
    start: {
      readonly voters: VoterSet;
      readonly round: number;
      readonly previous: ConcludedRound;
      readonly finalized: BlockRef;
      readonly own: readonly SignedVote[];
      readonly now: Millis;
    },
    deps: BallotDependencies,
  ) {
    this.#deps = deps;
    this.voters = start.voters;
    this.#own = start.voters.voters.filter(({id}) => deps.holds(id));
    this.#previous = start.previous;
    this.#finalized = start.finalized;
    this.#startedAt = start.now;
    this.#current = new Round(start.round, start.voters, start.finalized, deps.chain);
    for (const vote of start.own) {
      const voter = this.voters.find(vote.id);
      if (voter !== undefined) this.#note(this.#current, voter, vote);
      this.#done[vote.message.type] = true;
    }
  }

  get round(): number {
    return this.#current.number;
  }

  get current(): Round {
    return this.#current;
  }

  /** The round before, while its votes are still of use. */
  get last(): Round | undefined {
    return this.#last;
  }

  get isVoting(): boolean {
    return this.#own.length > 0;
  }

  /** What the round before came to, or comes to as late votes change it. */
  get previous(): ConcludedRound {
    const state = this.#last?.state;
    if (state?.ghost === undefined || state.estimate === undefined) return this.#previous;
    const {ghost, estimate} = state;
    return {ghost, estimate, finalized: state.finalized ?? this.#previous.finalized};
  }

  roundOf(number: number): Round | undefined {
    return [this.#current, this.#last, this.#next].find(round => round?.number === number);
  }

  /** Rounds whose votes may still make something final. */
  get rounds(): Round[] {
    return [this.#last, this.#current, this.#next].filter(round => round !== undefined);
  }

  finalizedIs(block: BlockRef): void {
    this.#finalized = block;
  }

  /** Counts a vote whose signature was checked; undefined where its round is not one of ours. */
  count(voter: Voter, vote: SignedVote, round: number): Counted | undefined {
    if (round === this.#current.number + 1) {
      this.#next ??= new Round(round, this.voters, this.#finalized, this.#deps.chain);
    }
    const of = this.roundOf(round);
    return of === undefined ? undefined : this.#note(of, voter, vote);
  }

  #note(round: Round, voter: Voter, {message, signature, id}: SignedVote): Counted {
    const vote = {target: message.value, signature, id};
    if (message.type === "Prevote") return round.count("prevote", voter, vote);
    if (message.type === "Precommit") return round.count("precommit", voter, vote);
    const isPrimary = this.voters.primary(round.number)?.index === voter.index;
    if (!isPrimary || round !== this.#current) return {kind: "not-in-round"};
    if (this.#proposal !== undefined) return {kind: "duplicate"};
    this.#proposal = message.value;
    return {kind: "new"};
  }

  /** Does what is due: once more as long as something came of it. */
  step(now: Millis, isSilent: boolean): BallotStep {
    const cast: SignedVote[] = [];
    this.#wakeIfBusy(now);
    if (!isSilent && !this.#isIdle) {
      this.#propose(cast);
      this.#prevote(now, cast);
      this.#precommit(now, cast);
    }
    return {cast, isNewRound: this.#beginNext(now)};
  }

  wakeAt(): Millis | undefined {
    if (this.#isIdle) return undefined;
    const {gossipPeriod} = this.#deps;
    if (!this.#done.Prevote) return millis(this.#startedAt + 2 * gossipPeriod);
    if (!this.#done.Precommit) return millis(this.#startedAt + 4 * gossipPeriod);
    return undefined;
  }

  /** Jumps to the round after one that a peer showed to be concluded. */
  catchUp(concluded: Round, now: Millis): void {
    this.#current = concluded;
    this.#enterNext(concluded.state, now);
  }

  #wakeIfBusy(now: Millis): void {
    if (!this.#isIdle) return;
    const hasVotes = this.#current.weight("prevote") > 0 || this.#current.weight("precommit") > 0;
    const target = this.#deps.target(this.previous.estimate);
    if (!hasVotes && target.number <= this.#finalized.number) return;
    this.#isIdle = false;
    this.#startedAt = now;
  }

  #vote(kind: VoteKind, block: BlockRef, cast: SignedVote[]): void {
    this.#done[kind] = true;
    const message = {type: kind, value: {hash: block.hash, number: block.number}} as VoteMessage;
    const voters =
      kind === "PrimaryPropose" ? this.#own.filter(voter => this.#isPrimary(voter)) : this.#own;
    for (const voter of voters) {
      const vote = this.#deps.cast(voter, message, this.#current.number);
      if (vote === undefined) continue;
      this.#note(this.#current, voter, vote);
      cast.push(vote);
    }
  }

  #isPrimary({index}: Voter): boolean {
    return this.voters.primary(this.#current.number)?.index === index;
  }

  #propose(cast: SignedVote[]): void {
    if (this.#done.PrimaryPropose) return;
    const {estimate, finalized} = this.previous;
    if (estimate.number > finalized.number) this.#vote("PrimaryPropose", estimate, cast);
    else this.#done.PrimaryPropose = true;
  }

  #prevote(now: Millis, cast: SignedVote[]): void {
    if (this.#done.Prevote) return;
    const isDue = now >= this.#startedAt + 2 * this.#deps.gossipPeriod;
    if (!isDue && !this.#current.state.isCompletable) return;
    this.#vote("Prevote", this.#deps.target(this.#lowestTarget()), cast);
  }

  /** The primary's block where it lies between what the last round could and what it did agree on, else the former. */
  #lowestTarget(): BlockRef {
    const {estimate, ghost} = this.previous;
    const proposed = this.#proposal;
    if (proposed === undefined || proposed.number <= estimate.number) return estimate;
    const {chain} = this.#deps;
    const isBetween = isAtOrAbove(chain, proposed, estimate) && isAtOrAbove(chain, ghost, proposed);
    return isBetween ? proposed : estimate;
  }

  #precommit(now: Millis, cast: SignedVote[]): void {
    if (this.#done.Precommit || !this.#done.Prevote) return;
    const {ghost, isCompletable} = this.#current.state;
    if (ghost === undefined) return;
    const isDue = now >= this.#startedAt + 4 * this.#deps.gossipPeriod;
    if (!isDue && !isCompletable) return;
    if (!isAtOrAbove(this.#deps.chain, ghost, this.previous.estimate)) return;
    this.#vote("Precommit", ghost, cast);
  }

  /** The next round may begin when this one is settled, and what the last one might have agreed on is final. */
  #beginNext(now: Millis): boolean {
    const {state} = this.#current;
    if (!state.isCompletable || state.estimate === undefined) return false;
    if (this.isVoting && !this.#done.Precommit) return false;
    const settled = Math.max(
      this.previous.finalized.number,
      state.finalized?.number ?? 0,
      this.#finalized.number,
    );
    if (this.previous.estimate.number > settled) return false;
    this.#enterNext(state, now);
    return true;
  }

  #enterNext(state: RoundState, now: Millis): void {
    const {chain} = this.#deps;
    const number = this.#current.number + 1;
    this.#previous = {
      ghost: state.ghost!,
      estimate: state.estimate!,
      finalized: state.finalized ?? this.#finalized,
    };
    this.#last = this.#current;
    const isReady = this.#next?.number === number;
    this.#current = isReady ? this.#next! : new Round(number, this.voters, this.#finalized, chain);
    this.#next = undefined;
    this.#proposal = undefined;
    this.#done.PrimaryPropose = false;
    this.#done.Prevote = false;
    this.#done.Precommit = false;
    this.#isIdle = true;
    this.#startedAt = now;
    this.#wakeIfBusy(now);
  }
}

export function sameBlock(a: BlockRef, b: BlockRef): boolean {
  return a.number === b.number && equalBytes(a.hash, b.hash);
}
