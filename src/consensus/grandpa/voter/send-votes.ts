import {encode} from "#codec";
import {gossipMessage} from "../gossip-message.ts";
import type {LoggedMessage} from "../vote-log.ts";
import type {VoterCore} from "./core.ts";
import {shufflePeers} from "./luck.ts";
import type {Peer} from "./peer.ts";
import {
  ALL_PEERS_AFTER,
  after,
  LUCKY_PEERS,
  MORE_PEERS_AFTER,
  RESEND_AFTER,
  RESEND_AT_MOST,
} from "./timing.ts";
import type {VotingRound} from "./voting-round.ts";

/** Sends every vote to those who can use it and are not known to have it (spec/network §2.5). */
export function sendVotes(core: VoterCore): void {
  const encoded = new Map<LoggedMessage, Uint8Array>();
  for (const round of core.rounds.values()) {
    const lucky = luckyCount(core, round);
    for (const peer of core.peers.values()) {
      if (isInterested(core, peer, round)) sendRound(core, peer, round, peer.rank < lucky, encoded);
    }
  }
}

function isInterested(core: VoterCore, peer: Peer, {number}: VotingRound): boolean {
  const view = peer.view?.value;
  if (peer.isLight || view === undefined || view.setId !== core.setId) return false;
  return Math.abs(view.round - number) <= 1;
}

/** How many peers are sent votes of others now: few while they are fresh, for the few will pass them on. */
function luckyCount(core: VoterCore, {enteredAt}: VotingRound): number {
  const start = enteredAt ?? core.now;
  const first = LUCKY_PEERS + Math.ceil(Math.sqrt(core.peers.size));
  const g = core.options.gossipPeriod;
  if (core.now >= after(start, ALL_PEERS_AFTER, g)) return Number.POSITIVE_INFINITY;
  return core.now >= after(start, MORE_PEERS_AFTER, g) ? 2 * first : first;
}

function sendRound(
  core: VoterCore,
  peer: Peer,
  round: VotingRound,
  isLucky: boolean,
  encoded: Map<LoggedMessage, Uint8Array>,
): void {
  const told = peer.told(round.number);
  const {entries} = round.log;
  if (isLucky) {
    for (; told.next < entries.length; told.next++) {
      send(core, peer, round, entries[told.next]!, encoded);
    }
  }
  for (; told.nextOwn < round.ownPlaces.length; told.nextOwn++) {
    send(core, peer, round, entries[round.ownPlaces[told.nextOwn]!]!, encoded);
  }
}

function send(
  core: VoterCore,
  peer: Peer,
  {number}: VotingRound,
  entry: LoggedMessage,
  encoded: Map<LoggedMessage, Uint8Array>,
): void {
  const {known} = peer.told(number);
  if (known.has(entry.sequence)) return;
  known.add(entry.sequence);
  let message = encoded.get(entry);
  if (message === undefined) {
    const value = {round: number, setId: core.setId, vote: entry.signed};
    message = encode(gossipMessage, {type: "Vote", value});
    encoded.set(entry, message);
  }
  core.actions.push({type: "send", peer: peer.name, message});
}

/**
 * Tells a round that does not end once more: our votes to everybody, those of others to a few, for what was sent may
 * be lost without either end noticing.
 */
export function resendVotes(core: VoterCore): void {
  const round = core.currentRound;
  const g = core.options.gossipPeriod;
  if (round.wokenAt === undefined) return;
  round.resend ??= {at: after(round.wokenAt, RESEND_AFTER, g), wait: RESEND_AFTER};
  if (core.now < round.resend.at) return;
  const wait = Math.min(2 * round.resend.wait, RESEND_AT_MOST);
  round.resend = {at: after(core.now, wait, g), wait};
  shufflePeers(core);
  for (const peer of core.peers.values()) {
    for (const number of [round.number, round.number - 1]) {
      if (peer.rank < LUCKY_PEERS) peer.told(number).restart();
      else peer.told(number).restartOwn(core.rounds.get(number)?.ownPlaces ?? []);
    }
  }
  core.say("info", waitingFor(round));
}

/** What a round lacks, in words for operators. */
export function waitingFor({number, count}: VotingRound): string {
  const {voters, prevotes, precommits} = count;
  const {threshold} = voters;
  if (prevotes.total < threshold) {
    return `round ${number} waits: prevotes of weight ${prevotes.total}, ${threshold} needed`;
  }
  if (precommits.total < threshold) {
    return `round ${number} waits: precommits of weight ${precommits.total}, ${threshold} needed`;
  }
  return `round ${number} waits: votes are split, what it may finalize is not settled`;
}
