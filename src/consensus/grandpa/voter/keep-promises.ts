import {type BlockRef, blockName} from "../block-ref.ts";
import type {VoteKind} from "../message.ts";
import type {Voter} from "../voter-set.ts";
import type {PromisedVote, VoterCore} from "./core.ts";
import {enterRound} from "./enter-round.ts";
import {after, PROMISED_BLOCK_WAIT, SIGN_AGAIN_AFTER} from "./timing.ts";

/** The order in which a voter takes the steps of a round. */
const STEPS: readonly VoteKind[] = ["PrimaryPropose", "Prevote", "Precommit"];

/**
 * Goes on from what our keys have promised, which may be more than the stored votes tell. Once in each set, and when
 * our keys change; false while the promises cannot be read.
 *
 * After a crash it is one step more: that step is taken when its time comes, and what is signed then is what was
 * promised (`SignVote`). A database that is older than that (put back from a copy, or new under keys that came from
 * elsewhere) lacks whole rounds, and in those our keys may not vote. With other voters in the set that does not
 * matter: the round they are in is caught up with. Where all of the set's weight is ours nobody else could ever end
 * those rounds, and nobody else's vote can have made anything final in them: they are left behind, and the next one
 * builds on the highest block that was promised, if it is here. A block that the database lost is waited for a while,
 * since peers may have it. If nobody has, what was final above the database's end is given up, and that is said.
 */
export function keepPromises(core: VoterCore): boolean {
  if (core.arePromisesKept) return true;
  const voters = core.localVoters();
  const isOnlyOurs = voters.reduce((sum, {weight}) => sum + weight, 0) === core.sets.voters.total;
  const beyond: PromisedVote[] = [];
  for (const voter of voters) {
    const promise = core.deps.promised(voter.id);
    if (promise === "later") {
      core.signAgainAt = after(core.now, SIGN_AGAIN_AFTER, core.options.gossipPeriod);
      return false;
    }
    if (promise !== undefined && !isWithinReach(core, voter, promise, isOnlyOurs)) {
      beyond.push(promise);
    }
  }
  core.arePromisesKept = true;
  if (beyond.length === 0) return true;
  const setId = Math.max(...beyond.map(promise => promise.setId));
  const round = Math.max(...beyond.filter(one => one.setId === setId).map(one => one.round));
  const known = `our keys have voted in set ${setId}, round ${round}, and the database ends before`;
  if (!isOnlyOurs || setId > core.setId) {
    const way = isOnlyOurs
      ? "sync from nodes that have the chain, or purge-chain and begin anew"
      : "other voters bring us there";
    core.say("warn", `${known}: no vote is cast until then; ${way}`);
    return true;
  }
  const lost = beyond.flatMap(({target}) =>
    target === undefined || core.isImported(target) ? [] : [target],
  );
  core.promisesAwaitedUntil ??= after(core.now, PROMISED_BLOCK_WAIT);
  if (lost.length > 0 && core.now < core.promisesAwaitedUntil) {
    for (const target of lost) core.want(target, undefined);
    core.arePromisesKept = false;
    core.signAgainAt = after(core.now, SIGN_AGAIN_AFTER, core.options.gossipPeriod);
    return false;
  }
  core.promisesAwaitedUntil = undefined;
  const estimate = highestOf(core, beyond);
  core.settled = {
    number: round,
    state: {ghost: estimate, finalized: core.finalized, estimate, completable: true},
  };
  core.rounds.clear();
  enterRound(core, round + 1);
  const given =
    lost.length === 0 ? "" : `; what was final above ${blockName(estimate)} is given up`;
  core.say(
    "warn",
    `${known}: going on with round ${round + 1} above ${blockName(estimate)}${given}`,
  );
  return true;
}

/** Whether the step that was promised lies behind us, or is the very next one. */
function isWithinReach(
  core: VoterCore,
  voter: Voter,
  promise: PromisedVote,
  isOnlyOurs: boolean,
): boolean {
  const {setId, round, kind, target} = promise;
  if (setId !== core.setId) return setId < core.setId;
  if (round < core.current) return true;
  const said = (step: VoteKind) => core.currentRound.hasSaid(step, voter);
  if (round === core.current && STEPS.slice(STEPS.indexOf(kind)).some(said)) return true;
  if (target === undefined || !core.isImported(target)) return false;
  if (round === core.current) return kind !== "Precommit" || said("Prevote");
  const isRoundOver = !isOnlyOurs || said("Precommit");
  return round === core.current + 1 && kind !== "Precommit" && isRoundOver;
}

/** The highest of the promised blocks that can still become final. */
function highestOf(core: VoterCore, promises: readonly PromisedVote[]): BlockRef {
  let highest = core.finalized;
  for (const {setId, target} of promises) {
    const counts = setId === core.setId && target !== undefined && target.number > highest.number;
    if (counts && core.isImported(target) && core.isLive(target)) highest = target;
  }
  return highest;
}
