import {encode} from "#codec";
import {type CatchUp, gossipMessage} from "../gossip-message.ts";
import type {SignedMessage, SignedVote} from "../message.ts";
import {Round} from "../round.ts";
import type {VoterSet} from "../voter-set.ts";
import type {VoterCore} from "./core.ts";
import {BENEFIT, COST, type Judgement, judgement} from "./costs.ts";
import {enterRound} from "./enter-round.ts";
import type {Peer} from "./peer.ts";
import {takeMessage} from "./take-message.ts";
import {
  after,
  CATCH_UP_THRESHOLD,
  CATCH_UP_TIMEOUT,
  FIRST_CATCH_UP_TIMEOUT,
  RESEND_AFTER,
} from "./timing.ts";
import {VotingRound} from "./voting-round.ts";

/** Asks a peer that is rounds ahead how it got there; one question at a time (spec/network §2.5). */
export function requestCatchUp(core: VoterCore, peer: Peer): void {
  const view = peer.view?.value;
  if (core.catchUp !== undefined || view === undefined || peer.isLight) return;
  if (view.setId !== core.setId || view.round < core.current + CATCH_UP_THRESHOLD) return;
  const round = view.round - 1;
  const isFirst = peer.catchUpsInVain === 0 && core.peers.size > 1;
  const time = isFirst ? FIRST_CATCH_UP_TIMEOUT : CATCH_UP_TIMEOUT;
  core.catchUp = {peer: peer.name, round, expires: after(core.now, time)};
  const message = encode(gossipMessage, {
    type: "CatchUpRequest",
    value: {round, setId: core.setId},
  });
  core.actions.push({type: "send", peer: peer.name, message});
}

/** Gives up on a peer that does not answer, and asks another one: first those who were not asked in vain. */
export function expireCatchUp(core: VoterCore): void {
  const asked = core.catchUp;
  if (asked === undefined || core.now < asked.expires) return;
  core.catchUp = undefined;
  if (asked.answer === undefined) {
    core.report(asked.peer, judgement(COST.catchUpTimeout, "no answer to a catch-up request"));
    const silent = core.peers.get(asked.peer);
    if (silent !== undefined) silent.catchUpsInVain++;
  }
  const others = [...core.peers.values()].filter(({name}) => name !== asked.peer);
  others.sort((a, b) => a.catchUpsInVain - b.catchUpsInVain);
  for (const peer of others) requestCatchUp(core, peer);
}

/** Answers with the last completed round, if that is not before the one asked for. */
export function serveCatchUp(
  core: VoterCore,
  peer: Peer,
  asked: {readonly round: number; readonly setId: number},
): Judgement | undefined {
  if (peer.isLight || asked.setId !== core.setId || asked.round >= core.current) {
    return judgement(COST.outOfScope, "catch-up request out of scope");
  }
  const pause = after(peer.catchUpServedAt ?? core.now, RESEND_AFTER, core.options.gossipPeriod);
  if (peer.catchUpServedAt !== undefined && core.now < pause) return undefined;
  const round = core.rounds.get(core.current - 1);
  if (round === undefined || !round.count.state.completable) return undefined;
  peer.catchUpServedAt = core.now;
  const votes = (kind: SignedMessage["message"]["type"]): SignedVote[] =>
    round.log.entries
      .filter(({signed}) => signed.message.type === kind)
      .map(({signed: {message, signature, id}}) => ({target: message.value, signature, id}));
  const value: CatchUp = {
    setId: core.setId,
    round: round.number,
    prevotes: votes("Prevote"),
    precommits: votes("Precommit"),
    base: round.count.base,
  };
  core.actions.push({
    type: "send",
    peer: peer.name,
    message: encode(gossipMessage, {type: "CatchUp", value}),
  });
  return judgement(COST.catchUpServed, "catch-up served");
}

/** Takes the answer to our question, and enters the round after it. */
export function receiveCatchUp(
  core: VoterCore,
  peer: Peer,
  answer: CatchUp,
): Judgement | undefined {
  const asked = core.catchUp;
  if (asked?.peer !== peer.name || asked.answer !== undefined) {
    return judgement(COST.outOfScope, "catch-up that nobody asked for");
  }
  core.catchUp = undefined;
  peer.catchUpsInVain = 0;
  if (answer.setId !== core.setId || answer.round < core.current) return undefined;
  const {voters} = core.sets;
  const isWellFormed =
    answer.round >= asked.round &&
    hasThreshold(answer.prevotes, voters) &&
    hasThreshold(answer.precommits, voters);
  if (!isWellFormed) return judgement(COST.malformed, "malformed catch-up");
  if (!messagesOf(answer).every(signed => isSigned(core, answer.round, signed))) {
    return judgement(COST.invalid, "catch-up with a bad signature");
  }
  core.catchUp = {...asked, answer};
  applyCatchUp(core);
  return judgement(BENEFIT.catchUp, "catch-up");
}

/** Enters the round after the one of a verified answer, once all its blocks are imported. */
export function applyCatchUp(core: VoterCore): void {
  const {answer, peer} = core.catchUp ?? {};
  if (answer === undefined) return;
  if (answer.setId !== core.setId || answer.round < core.current) {
    core.catchUp = undefined;
    return;
  }
  const messages = messagesOf(answer);
  const missing = messages.filter(({message}) => !core.isImported(message.value));
  for (const {message} of missing.slice(0, 4)) core.want(message.value, peer);
  if (missing.length > 0) return;
  core.catchUp = undefined;
  const {chain} = core.deps;
  const {voters} = core.sets;
  const round = new VotingRound(
    new Round({number: answer.round, voters, base: core.finalized, chain}),
  );
  for (const signed of messages) takeMessage(core, round, voters.find(signed.id)!, signed);
  if (!round.count.state.completable) return;
  const known = core.rounds.get(answer.round)?.log.entries ?? [];
  for (const {voter, signed} of known) takeMessage(core, round, voter, signed);
  core.rounds.set(answer.round, round);
  for (const told of core.peers.values()) told.forget();
  enterRound(core, answer.round + 1);
  core.say("info", `caught up with round ${answer.round}`);
}

function messagesOf({prevotes, precommits}: CatchUp): SignedMessage[] {
  const as = (type: "Prevote" | "Precommit", votes: readonly SignedVote[]): SignedMessage[] =>
    votes.map(({target: value, signature, id}) => ({message: {type, value}, signature, id}));
  return [...as("Prevote", prevotes), ...as("Precommit", precommits)];
}

/** At most two votes of each voter, all of them in the set, and weight enough. */
function hasThreshold(votes: readonly SignedVote[], voters: VoterSet): boolean {
  const counts = new Map<number, number>();
  let weight = 0;
  for (const {id} of votes) {
    const voter = voters.find(id);
    if (voter === undefined) return false;
    const count = (counts.get(voter.index) ?? 0) + 1;
    if (count > 2) return false;
    if (count === 1) weight += voter.weight;
    counts.set(voter.index, count);
  }
  return weight >= voters.threshold;
}

function isSigned(core: VoterCore, number: number, signed: SignedMessage): boolean {
  const {message, signature, id} = signed;
  const voter = core.sets.voters.find(id)!;
  const log = core.rounds.get(number)?.log;
  return (
    log?.holds(message.type, voter, message.value, signature) === true ||
    core.verify(signed, number)
  );
}
