import {type BlockRef, blockName} from "../block-ref.ts";
import {ancestorAt} from "../chain-view.ts";
import type {VoteMessage} from "../message.ts";
import type {RoundState} from "../round.ts";
import type {Voter} from "../voter-set.ts";
import type {VoterCore} from "./core.ts";
import {enterRound} from "./enter-round.ts";
import {commitMoment, finalize} from "./finality.ts";
import {keepPromises} from "./keep-promises.ts";
import {persistVotes} from "./persist.ts";
import {takeMessage} from "./take-message.ts";
import {after, PRECOMMIT_AFTER, PREVOTE_AFTER, SIGN_AGAIN_AFTER} from "./timing.ts";
import type {VotingRound} from "./voting-round.ts";

/** More steps than this at once are a bug: each round takes at least one wait or one foreign vote. */
const MOST_STEPS = 1_000;

/** Does all that may be done now, one step after the other (spec/network §2.3). */
export function advance(core: VoterCore): void {
  for (let i = 0; i < MOST_STEPS; i++) {
    if (!finalizeVoted(core) && !vote(core) && !enterNextRound(core)) return;
  }
  core.say("error", `round ${core.current} does not come to rest`);
}

/** Finalizes what the votes of any round at hand prove: votes for a past round may still arrive. */
function finalizeVoted(core: VoterCore): boolean {
  for (const {count, number} of core.rounds.values()) {
    const {finalized} = count.state;
    if (finalized === undefined || finalized.number <= core.finalized.number) continue;
    const commit = count.commit();
    if (commit !== undefined && finalize(core, number, commit)) {
      core.commitDue ??= commitMoment(core);
      return true;
    }
  }
  return false;
}

function vote(core: VoterCore): boolean {
  if (!core.mayVote || core.isPersisting) return false;
  if (core.signAgainAt !== undefined && core.now < core.signAgainAt) return false;
  const voters = core.localVoters();
  if (voters.length === 0 || isPaused(core) || !keepPromises(core)) return false;
  const round = core.currentRound;
  const previous = core.previousState;
  return (
    wake(core, round) ||
    propose(core, round, previous, voters) ||
    prevote(core, round, voters) ||
    precommit(core, round, previous, voters)
  );
}

/** A forced change is on its way: this set has been given up, and its votes would only stand in the way. */
export function isPaused(core: VoterCore): boolean {
  const {chain} = core.deps;
  if (!core.sets.hasForcedChange) return false;
  const best = chain.bestContaining(core.finalized.hash) ?? core.finalized;
  return core.sets.forcedChangeAhead(best, chain) !== undefined;
}

/** Starts the round's clock once there is something to finalize, or as soon as anybody else says that there is. */
function wake(core: VoterCore, round: VotingRound): boolean {
  if (round.wokenAt !== undefined) return false;
  if (round.isSilent && !hasNews(core)) return false;
  round.wokenAt = core.now;
  return true;
}

function hasNews(core: VoterCore): boolean {
  const target = voteTarget(core);
  return target === undefined || target.number > core.finalized.number;
}

/**
 * What to prevote: the head of the best chain that contains what the previous round may have finalized (or the
 * primary's proposal above it), no further than where the set changes. Undefined when that block is not at hand.
 */
export function voteTarget(core: VoterCore): BlockRef | undefined {
  const {chain} = core.deps;
  const start = foundation(core);
  const best = chain.bestContaining(start.hash);
  if (best === undefined) {
    core.want(start, undefined);
    return undefined;
  }
  const limit = core.sets.limitFor(best, chain);
  if (limit === undefined || limit >= best.number) return best;
  return limit <= start.number ? start : ancestorAt(chain, best, limit);
}

function foundation(core: VoterCore): BlockRef {
  const {chain} = core.deps;
  const {estimate, ghost} = core.previousState;
  const start = openEstimate(core, estimate) ?? core.finalized;
  const {proposal} = core.currentRound;
  const isOnTheWay =
    proposal !== undefined &&
    ghost !== undefined &&
    proposal.number > start.number &&
    chain.isDescendant(start.hash, proposal.hash) &&
    chain.isDescendant(proposal.hash, ghost.hash);
  return isOnTheWay ? proposal : start;
}

/** The previous round's estimate, if what is final does not settle it. */
function openEstimate(core: VoterCore, estimate: BlockRef | undefined): BlockRef | undefined {
  if (estimate === undefined || estimate.number <= core.finalized.number) return undefined;
  return core.isImported(estimate) && !core.isLive(estimate) ? undefined : estimate;
}

/** The primary tells what the previous round may have finalized, if it is not known to have. */
function propose(
  core: VoterCore,
  round: VotingRound,
  {estimate}: RoundState,
  voters: readonly Voter[],
): boolean {
  if (round.proposed || round.prevoted) return false;
  const primary = core.sets.voters.primaryOf(round.number);
  const open = openEstimate(core, estimate);
  const isOurs = voters.some(voter => voter.index === primary.index);
  if (!isOurs || open === undefined) return false;
  return say(core, round, [primary], {type: "PrimaryPropose", value: open});
}

function prevote(core: VoterCore, round: VotingRound, voters: readonly Voter[]): boolean {
  if (round.prevoted || !isTime(core, round, PREVOTE_AFTER)) return false;
  const target = voteTarget(core);
  return target !== undefined && say(core, round, voters, {type: "Prevote", value: target});
}

function precommit(
  core: VoterCore,
  round: VotingRound,
  {estimate}: RoundState,
  voters: readonly Voter[],
): boolean {
  if (!round.prevoted || round.precommitted || !isTime(core, round, PRECOMMIT_AFTER)) return false;
  const {ghost} = round.count.state;
  if (ghost === undefined) return false;
  const open = openEstimate(core, estimate);
  if (open !== undefined && !core.deps.chain.isDescendant(open.hash, ghost.hash)) return false;
  return say(core, round, voters, {type: "Precommit", value: ghost});
}

function isTime(core: VoterCore, round: VotingRound, periods: number): boolean {
  const {wokenAt} = round;
  if (wokenAt === undefined) return false;
  if (round.count.state.completable) return true;
  return core.now >= after(wokenAt, periods, core.options.gossipPeriod);
}

/**
 * Signs, has it written down, and counts it; it is sent with what else is new at the end of the input. Of several keys
 * those that could sign go ahead; the step counts as taken when none has to be asked again.
 */
function say(
  core: VoterCore,
  round: VotingRound,
  voters: readonly Voter[],
  message: VoteMessage,
): boolean {
  const vote = {message, round: round.number, setId: core.setId};
  const before = round.own.length;
  core.signAgainAt = undefined;
  for (const voter of voters) {
    // Our own vote of before a crash, come back by way of others, stands.
    if (round.hasSaid(message.type, voter)) continue;
    const signed = core.deps.sign(voter.id, vote);
    if (signed.code === "signed") {
      round.own.push({message: signed.message, signature: signed.signature, id: voter.id});
    } else if (signed.code === "later") {
      core.signAgainAt = after(core.now, SIGN_AGAIN_AFTER, core.options.gossipPeriod);
    }
  }
  if (core.signAgainAt === undefined) round.markTaken(message.type);
  const said = round.own.slice(before);
  if (said.length === 0) return core.signAgainAt === undefined;
  persistVotes(core);
  for (const signed of said) {
    const entry = takeMessage(core, round, core.sets.voters.find(signed.id)!, signed);
    if (entry !== undefined) round.ownPlaces.push(entry.sequence);
  }
  for (const {message: cast} of said) {
    core.say("debug", `round ${round.number}: ${cast.type} for ${blockName(cast.value)}`);
  }
  return true;
}

/**
 * The next round begins when no vote can change what this one may finalize, and what the one before may have
 * finalized is final: otherwise a block could be left behind that somebody else finalizes.
 */
function enterNextRound(core: VoterCore): boolean {
  const round = core.currentRound;
  const {completable, finalized} = round.count.state;
  if (!completable) return false;
  const open = openEstimate(core, core.previousState.estimate);
  const reached = Math.max(finalized?.number ?? 0, core.previousState.finalized?.number ?? 0);
  if (open !== undefined && open.number > reached) return false;
  enterRound(core, core.current + 1);
  return true;
}
