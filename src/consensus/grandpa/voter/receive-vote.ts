import type {SignedMessage} from "../message.ts";
import type {Voter} from "../voter-set.ts";
import type {VoterCore} from "./core.ts";
import {BENEFIT, COST, type Judgement, judgement} from "./costs.ts";
import type {Peer} from "./peer.ts";
import {takeMessage} from "./take-message.ts";
import {after, RESEND_AFTER} from "./timing.ts";
import type {VotingRound} from "./voting-round.ts";

/** Judges a vote from the network; its signature is looked at last and only once (spec/network §2.5). */
export function receiveVote(
  core: VoterCore,
  peer: Peer,
  body: {readonly round: number; readonly setId: number; readonly vote: SignedMessage},
  bytes: Uint8Array,
): Judgement | undefined {
  const {round: number, setId, vote} = body;
  const outside = outOfView(core, setId, number);
  if (outside !== undefined) return outside;
  const voter = core.sets.voters.find(vote.id);
  if (voter === undefined) return judgement(COST.unknownVoter, "vote of a stranger");
  const {type: kind} = vote.message;
  if (kind === "PrimaryPropose" && voter.index !== core.sets.voters.primaryOf(number).index) {
    return judgement(COST.outOfScope, "proposal by another than the primary");
  }
  const round = core.round(number);
  if (round.isKnown(voter, vote)) {
    noteKnown(core, peer, round, voter, vote);
    return undefined;
  }
  if (!core.isNew(bytes)) return undefined;
  if (!core.verify(vote, number)) {
    return judgement(COST.badSignature, "vote with a bad signature");
  }
  const entry = takeMessage(core, round, voter, vote, peer.name);
  if (entry !== undefined) peer.told(number).known.add(entry.sequence);
  return judgement(BENEFIT.vote, "vote");
}

/** Only votes of our set, of our round and its neighbours are of use; senders know where we are. */
function outOfView(core: VoterCore, setId: number, round: number): Judgement | undefined {
  const ahead = setId - core.setId || round - core.current;
  if (setId === core.setId && Math.abs(ahead) <= 1) return undefined;
  return ahead > 0
    ? judgement(COST.future, "vote from the future")
    : judgement(COST.past, "vote from the past");
}

/**
 * A peer that repeats itself has not heard from us, or it would have moved on: what we know of that round is told
 * to it once more, from the start, now and then.
 */
function noteKnown(
  core: VoterCore,
  peer: Peer,
  round: VotingRound,
  voter: Voter,
  {message}: SignedMessage,
): void {
  const entry = round.log.find(message.type, voter, message.value);
  if (entry === undefined) return;
  const told = peer.told(round.number);
  const repeated = told.known.has(entry.sequence);
  told.known.add(entry.sequence);
  const pause = after(peer.retoldAt ?? core.now, RESEND_AFTER, core.options.gossipPeriod);
  if (!repeated || (peer.retoldAt !== undefined && core.now < pause)) return;
  peer.retoldAt = core.now;
  told.restart();
  peer.told(round.number + 1).restart();
}
