import {decode} from "#codec";
import {justification} from "../justification.ts";
import type {SignedMessage, VoteKind} from "../message.ts";
import type {VoterCore} from "./core.ts";
import {StoredCommit} from "./stored-commit.ts";
import {takeMessage} from "./take-message.ts";
import {voterState} from "./voter-state.ts";
import type {VotingRound} from "./voting-round.ts";

/** Goes on where `persistVotes` left off. A state of another set, or none that decodes, leaves the set's round 1. */
export function restoreVotes(core: VoterCore, bytes: Uint8Array): void {
  const decoded = decode(voterState, bytes);
  if (!decoded.ok) {
    core.say("error", `own votes are unreadable (${decoded.error.message}): starting without them`);
    return;
  }
  const {setId, round, own, previous} = decoded.value;
  if (setId !== core.setId) return;
  core.current = round;
  const {completable, ghost, finalized, estimate} = previous;
  core.settled = {number: previous.round, state: {completable, ghost, finalized, estimate}};
  if (previous.votes.length > 0) retake(core, core.round(previous.round), previous.votes);
  core.currentRound.ownPlaces.push(...retake(core, core.currentRound, own));
  core.currentRound.own.push(...own);
  for (const kind of new Set(own.map(({message}) => message.type))) {
    // Of several keys one may not have been able to sign: it is asked again. Only the primary proposes.
    const isTaken = kind === "PrimaryPropose" || haveAllSaid(core, kind);
    if (isTaken) core.currentRound.markTaken(kind);
  }
}

function haveAllSaid(core: VoterCore, kind: VoteKind): boolean {
  return core.localVoters().every(voter => core.currentRound.hasSaid(kind, voter));
}

/** Keeps for others what proves finality up to here: the last finalized block, and the ends of earlier sets. */
export function restoreCommits(core: VoterCore, justifications: readonly Uint8Array[]): void {
  for (const bytes of justifications) {
    const decoded = decode(justification, bytes);
    if (!decoded.ok) continue;
    const {round, commit} = decoded.value;
    const setId = core.sets.setIdAt(commit.target.number);
    const known = core.commits.get(setId);
    if (known !== undefined && known.number >= commit.target.number) continue;
    core.commits.set(setId, new StoredCommit(setId, round, commit, core.now));
  }
}

/** The places in the round's log of those that were taken. */
function retake(core: VoterCore, round: VotingRound, votes: readonly SignedMessage[]): number[] {
  return votes.flatMap(signed => {
    const voter = core.sets.voters.find(signed.id);
    const entry = voter === undefined ? undefined : takeMessage(core, round, voter, signed);
    return entry?.sequence ?? [];
  });
}
