import type {Millis} from "#base";
import {MAJOR_LAG} from "./limits.ts";
import type {PeerId} from "./messages.ts";
import type {PeerState} from "./peer-state.ts";

/** The peers of a full sync, in the order in which they are asked. */
export class SyncPeers {
  readonly #peers = new Map<PeerId, PeerState>();

  [Symbol.iterator](): Iterator<PeerState> {
    return this.#peers.values();
  }

  get(id: PeerId): PeerState | undefined {
    return this.#peers.get(id);
  }

  add(peer: PeerState): void {
    this.#peers.set(peer.id, peer);
  }

  remove(id: PeerId): void {
    this.#peers.delete(id);
  }

  /** Before it everybody else is asked, those first that never failed: otherwise two that do could take turns. */
  askLast(peer: PeerState): void {
    if (this.#peers.delete(peer.id)) this.#peers.set(peer.id, peer);
  }

  /** What was had in common above this height is not any more. */
  forgetCommonAbove(height: number): void {
    for (const peer of this) {
      if (peer.common !== undefined && peer.common > height) peer.common = undefined;
    }
  }

  /** Those that are to be asked for something now. */
  *free(best: number, isProved: (id: PeerId) => boolean, now: Millis): Iterable<PeerState> {
    const areSomeProved = [...this.#peers.keys()].some(isProved);
    for (const peer of this) {
      if (peer.task !== undefined || peer.restsUntil > now) continue;
      if (!areSomeProved || !isStranger(peer, best) || !this.#isStrangerTried()) yield peer;
    }
  }

  /** While others deliver, strangers are tried one at a time: for what one is asked for, all that follows waits. */
  #isStrangerTried(): boolean {
    return [...this].some(({hasGiven, task}) => !hasGiven && task?.what.kind === "range");
  }

  /** When a deadline or a rest ends; undefined where none is open. */
  wakeAt(now: Millis): number | undefined {
    let soonest = Number.POSITIVE_INFINITY;
    for (const {task, restsUntil} of this) {
      if (task !== undefined) soonest = Math.min(soonest, task.lendAt ?? task.deadline);
      else if (restsUntil > now) soonest = Math.min(soonest, restsUntil);
    }
    return soonest === Number.POSITIVE_INFINITY ? undefined : soonest;
  }
}

/** Speaks of blocks that lie far above ours, and has never given us any. */
export function isStranger({hasGiven, best}: PeerState, ours: number): boolean {
  return !hasGiven && best.number > ours + MAJOR_LAG;
}
