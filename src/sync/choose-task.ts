import {AncestorSearch} from "./ancestor-search.ts";
import type {ImportsUnderWay} from "./imports-under-way.ts";
import type {BlockRef, LocalChain} from "./messages.ts";
import type {PeerState, Task} from "./peer-state.ts";
import type {RangeQueue} from "./range-queue.ts";
import type {WantedForks} from "./wanted-forks.ts";

/** The row of blocks that agreeing peers fill together, and where it began. */
export interface Row {
  readonly queue: RangeQueue;
  readonly base: number;
}

/** How things stand when a peer is to be given something to do. */
export interface Standing {
  readonly chain: LocalChain;
  readonly forks: WantedForks;
  readonly importing: ImportsUnderWay;
  readonly row: Row | undefined;
  beginRow(best: BlockRef): Row;
}

/** What a free peer is best asked for; undefined where it has nothing that we lack, or not now. */
export function chooseTask(peer: PeerState, standing: Standing): Task | undefined {
  const {chain, forks, importing, row} = standing;
  if (importing.isFull) return undefined;
  if (peer.doubted !== undefined) return {kind: "head", block: peer.doubted};
  const fork = forks.askableOf(peer.id);
  if (fork !== undefined) return {kind: "fork", fork};
  const best = chain.best();
  if (peer.best.number <= best.number) return undefined;
  const known = commonWith(peer, best, chain.finalized().number);
  if (known === undefined) return {kind: "search", search: peer.search!};
  if (row !== undefined && known >= row.base) return rangeFor(peer, row);
  if (known >= best.number) return rangeFor(peer, row ?? standing.beginRow(best));
  // What comes after its blocks that are on their way into the chain depends on them.
  return importing.isAnyFrom(peer.id) ? undefined : {kind: "alone"};
}

/** The height up to which the peer agrees with us; undefined while that is being found out. */
function commonWith(peer: PeerState, best: BlockRef, finalized: number): number | undefined {
  if (peer.common !== undefined) return peer.common;
  if (best.number === finalized && finalized === 0) {
    peer.common = 0;
    return 0;
  }
  peer.search ??= new AncestorSearch(Math.min(best.number, peer.best.number), finalized);
  return undefined;
}

function rangeFor(peer: PeerState, {queue}: Row): Task | undefined {
  const range = queue.next(peer.best.number);
  return range === undefined ? undefined : {kind: "range", range, queue};
}
