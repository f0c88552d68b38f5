import {equalBytes} from "#base";
import type {BlockRecord} from "./block-record.ts";
import type {BlockRef, BlockStore} from "./block-store.ts";
import type {Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";

/** How the best chain moves: from the old head down to the fork, and from there up to the new head. */
export type BestChange = {
  /** No longer on the best chain, highest first. */
  retracted: BlockRef[];
  /** Now on the best chain, lowest first. */
  enacted: BlockRef[];
};

type Linked = Pick<BlockRecord, "hash" | "number" | "parentHash">;

/** The way from one head to another. `target` need not be written yet, its parent must be. */
export function routeTo(blocks: BlockStore, from: BlockRef, target: Linked): BestChange {
  const retracted: BlockRef[] = [];
  const enacted: BlockRef[] = [];
  let old: Linked = blocks.knownRecord(from.hash);
  let next: Linked = target;
  while (!equalBytes(old.hash, next.hash)) {
    const isOldHigher = old.number >= next.number;
    const isNextHigher = next.number >= old.number;
    if (isOldHigher) {
      retracted.push(refOf(old));
      old = blocks.knownRecord(old.parentHash);
    }
    if (isNextHigher) {
      enacted.push(refOf(next));
      next = blocks.knownRecord(next.parentHash);
    }
  }
  return {retracted, enacted: enacted.reverse()};
}

/** Where a route turns upwards: the highest block that both of its ends hold. */
export function turningPoint(blocks: BlockStore, from: BlockRef, route: BestChange): BlockRef {
  const lowest = route.retracted.at(-1);
  if (lowest === undefined) return from;
  const {parentHash} = blocks.knownRecord(lowest.hash);
  return refOf(blocks.knownRecord(parentHash));
}

export function writesOfRoute({retracted, enacted}: BestChange): Write[] {
  return [
    ...retracted.map(({number}): Write => [keys.canonical(number), undefined]),
    ...enacted.map(({hash, number}): Write => [keys.canonical(number), hash]),
  ];
}

/** Blocks of the best chain, both heights inclusive. */
export function blocksBetween(blocks: BlockStore, from: number, to: number): BlockRef[] {
  const found: BlockRef[] = [];
  for (let number = from; number <= to; number++) {
    found.push({hash: blocks.canonical(number)!, number});
  }
  return found;
}

function refOf({hash, number}: BlockRef): BlockRef {
  return {hash, number};
}
