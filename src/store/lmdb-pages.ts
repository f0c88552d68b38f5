import {closeSync, fstatSync, openSync} from "node:fs";
import {err, ok, type Result} from "#base";
import {isTurnOf, type Meta, metasByAge, newestMeta} from "./lmdb-file.ts";
import {DamagedPage, type FollowedPages, PageWalk, type ReadPages} from "./page-walk.ts";

/**
 * Whether the pages of an LMDB file are sound, before LMDB trusts them, and what can be saved where they are not: which of the last two
 * commits counts, and all that it leads to.
 */

export type OnPages = (read: ReadPages) => void;

/** Follows every page of all trees, of the free pages and of the entries; says the first that is damaged. Reads only. */
export function checkLmdbPages(file: string, onPages?: OnPages): Result<FollowedPages, string> {
  const descriptor = openSync(file, "r");
  try {
    const {size} = fstatSync(descriptor);
    if (size === 0) return ok({pages: 0, entries: 0});
    const newest = newestMeta(descriptor);
    if (!newest.ok) return newest;
    return follow(descriptor, newest.value, onPages);
  } finally {
    closeSync(descriptor);
  }
}

function follow(descriptor: number, meta: Meta, onPages?: OnPages): Result<FollowedPages, string> {
  try {
    return ok(new PageWalk(descriptor, meta).check(onPages));
  } catch (error) {
    if (error instanceof DamagedPage) return err(error.message);
    throw error;
  }
}

/**
 * What to save from: the last commit, unless clearly less of it can be reached than of the one before, of which LMDB has left all where
 * it was, and more of it is lost: what it removed is no loss.
 */
function bestMeta(descriptor: number): Result<Meta, string> {
  const metas = metasByAge(descriptor);
  if (!metas.ok) return metas;
  const [last, before] = inTheirOrder(metas.value);
  if (follow(descriptor, last).ok) return ok(last);
  const [ofLast, ofBefore] = [reach(descriptor, last), reach(descriptor, before)];
  const isLess = ofLast.entries < ofBefore.entries * CLEARLY_LESS;
  const isMoreLost = lossOf(ofLast, ofBefore) > 2 * lossOf(ofBefore, ofLast);
  return ok(isLess && isMoreLost ? before : last);
}

/**
 * The last commit and the one before. Each bears its number twice, here and where its entries begin, and one of them may be damaged: the
 * numbers of the two follow each other, each in its turn. Where none do, it is as the two pages say.
 */
function inTheirOrder([newer, older]: readonly [Meta, Meta]): [Meta, Meta] {
  for (const a of numbersOf(newer)) {
    for (const b of numbersOf(older)) {
      if (!isTurnOf(newer, a) || !isTurnOf(older, b) || (a - b !== 1n && b - a !== 1n)) continue;
      return a > b
        ? [withHighest(newer), withHighest(older)]
        : [withHighest(older), withHighest(newer)];
    }
  }
  return [newer, older];
}

/** By the higher of its numbers: no page below it is of a commit to come, whichever of them was damaged. */
const withHighest = (meta: Meta): Meta => ({
  ...meta,
  transaction: numbersOf(meta).reduce((a, b) => (a > b ? a : b)),
});

/** What was written with all the rest first. */
const numbersOf = ({root, transaction}: Meta): bigint[] =>
  root === undefined ? [transaction] : [root.transaction, transaction];

/** A part of what the commit before has, of which a page that both have in common takes as much from both. */
const CLEARLY_LESS = 0.9;

interface Reached {
  readonly entries: number;
  /** What there should be, by trees. */
  readonly noted: ReadonlyMap<string, number>;
}

function reach(descriptor: number, meta: Meta): Reached {
  let entries = 0;
  const walk = new PageWalk(descriptor, meta, () => entries++);
  walk.salvage();
  return {entries, noted: walk.noted};
}

/** Entries that are not there; of a tree that was not come to there should be as many as the other commit has. */
function lossOf(own: Reached, other: Reached): number {
  const noted = new Map([...other.noted, ...own.noted]);
  // The main one has an entry for each of the others.
  const trees = noted.size - 1;
  return [...noted.values()].reduce((sum, count) => sum + count, 0) - trees - own.entries;
}

/** Why nothing in a file can be found any more: the pages that say where all others begin are damaged; undefined where they are not. */
export function whyNotSalvaged(file: string): string | undefined {
  const descriptor = openSync(file, "r");
  try {
    const metas = metasByAge(descriptor);
    return metas.ok ? undefined : metas.error;
  } finally {
    closeSync(descriptor);
  }
}

/** Gives the entries that can still be reached, past all that is damaged, which it answers. Reads only. */
export function salvageEntries(
  file: string,
  onEntry: (key: Buffer, value: Buffer) => void,
): Result<readonly string[], string> {
  const descriptor = openSync(file, "r");
  try {
    const meta = bestMeta(descriptor);
    if (!meta.ok) return meta;
    const passed = new PageWalk(descriptor, meta.value, onEntry).salvage();
    const newest = newestMeta(descriptor);
    if (newest.ok && newest.value.index === meta.value.index) return ok(passed);
    const doubt = newest.ok ? "the last commit cannot be reached" : newest.error;
    return ok([`${doubt}; transaction ${meta.value.transaction} was taken`, ...passed]);
  } finally {
    closeSync(descriptor);
  }
}
