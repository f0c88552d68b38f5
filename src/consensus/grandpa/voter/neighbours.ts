import {encode} from "#codec";
import {gossipMessage, type NeighbourView} from "../gossip-message.ts";
import {requestCatchUp} from "./catch-up.ts";
import type {VoterCore} from "./core.ts";
import {BENEFIT, COST, type Judgement, judgement} from "./costs.ts";
import type {Peer} from "./peer.ts";
import {after, NEIGHBOUR_PERIOD} from "./timing.ts";

function isSameView(a: NeighbourView, b: NeighbourView): boolean {
  return a.setId === b.setId && a.round === b.round && a.finalized === b.finalized;
}

/** Sets count before rounds, and no part may fall, but for the round when a set begins. */
function isBehind(next: NeighbourView, last: NeighbourView): boolean {
  if (next.setId !== last.setId) return next.setId < last.setId || next.finalized < last.finalized;
  return next.round < last.round || next.finalized < last.finalized;
}

/** Takes note of where a peer stands (spec/network §2.5); what it lacks is sent at the end of the input. */
export function receiveNeighbour(core: VoterCore, peer: Peer, view: NeighbourView): Judgement {
  const last = peer.view;
  if (last !== undefined) {
    const isRepeated = isSameView(view, last.value) && core.now < last.at + NEIGHBOUR_PERIOD / 2;
    if (isBehind(view, last.value)) {
      return judgement(COST.neighbour, "neighbour packet that goes backwards");
    }
    if (isRepeated) return judgement(COST.neighbour, "neighbour packet repeated");
    if (last.value.setId !== view.setId) peer.forget();
  }
  peer.view = {at: core.now, value: view};
  if (view.setId > core.setId) wantJustification(core, peer);
  requestCatchUp(core, peer);
  return judgement(BENEFIT.neighbour, "neighbour packet");
}

/** The peer has seen our set end: it must be able to prove it. */
function wantJustification(core: VoterCore, peer: Peer): void {
  const {chain} = core.deps;
  const best = chain.bestContaining(core.finalized.hash);
  if (best === undefined) return;
  const block = core.sets.enactingBlock(best, chain);
  if (block !== undefined) {
    core.actions.push({type: "justificationWanted", block, peer: peer.name});
  }
}

/** Tells where we stand to whoever does not know, and to everybody now and then. */
export function sendNeighbours(core: VoterCore): void {
  const value = {round: core.current, setId: core.setId, finalized: core.finalized.number};
  let message: Uint8Array | undefined;
  for (const peer of core.peers.values()) {
    const {ours} = peer;
    const isFresh =
      ours !== undefined &&
      isSameView(ours.value, value) &&
      core.now < after(ours.at, NEIGHBOUR_PERIOD);
    if (isFresh) continue;
    message ??= encode(gossipMessage, {type: "Neighbour", value: {type: "V1", value}});
    peer.ours = {at: core.now, value};
    core.actions.push({type: "send", peer: peer.name, message});
  }
}
