import {type Millis, millis} from "#base";
import type {AncestorSearch} from "./ancestor-search.ts";
import type {ForkDownload} from "./fork-download.ts";
import {REST} from "./limits.ts";
import type {BlockRef, BlocksWanted, PeerId} from "./messages.ts";
import type {Range, RangeQueue} from "./range-queue.ts";

/** What a peer is being asked for. */
export type Task =
  | {readonly kind: "search"; readonly search: AncestorSearch}
  /** A piece of the row that all agreeing peers fill together. */
  | {readonly kind: "range"; readonly range: Range; readonly queue: RangeQueue}
  /** The header of the head that it claims. */
  | {readonly kind: "head"; readonly block: BlockRef}
  /** A peer whose chain is not ours, followed for itself. */
  | {readonly kind: "alone"}
  | {readonly kind: "fork"; readonly fork: ForkDownload};

export interface PeerState {
  readonly id: PeerId;
  best: BlockRef;
  /** The highest height at which it is known to have our block; undefined until that was asked. */
  common: number | undefined;
  search: AncestorSearch | undefined;
  task:
    | {
        readonly id: number;
        readonly what: Task;
        readonly wanted: BlocksWanted;
        deadline: Millis;
        /** When others are to be asked the same; undefined where they are, or need not be. */
        lendAt: Millis | undefined;
      }
    | undefined;
  /** Not asked before this moment. */
  restsUntil: Millis;
  /** How often what it sent did not go on from where it was said to, since something of it was imported. */
  setbacks: number;
  /** False from the first time on that it was asked in vain, until something of it was imported. */
  hasSay: boolean;
  /** Some block of it was imported since it joined. */
  hasGiven: boolean;
  /** It had nothing to give of what it claimed; undefined once it showed at least that there is such a block. */
  doubted: BlockRef | undefined;
}

export function newPeer(id: PeerId, best: BlockRef): PeerState {
  const unknown = {common: undefined, search: undefined, task: undefined};
  return {
    id,
    best,
    ...unknown,
    restsUntil: millis(0),
    setbacks: 0,
    hasSay: true,
    hasGiven: false,
    doubted: undefined,
  };
}

/** It is asked nothing for so long, or longer where it was to rest already. */
export function letRest(peer: PeerState, now: Millis, span: Millis): void {
  peer.restsUntil = millis(Math.max(peer.restsUntil, now + span));
}

/**
 * What it sent does not go on from what we thought to have in common, which has to be found out anew: at once where
 * its head may have moved to another fork meanwhile, and slowly where it happens again.
 */
export function lostTouch(peer: PeerState, now: Millis): void {
  peer.common = undefined;
  peer.setbacks++;
  if (peer.setbacks > 1) letRest(peer, now, REST);
}
