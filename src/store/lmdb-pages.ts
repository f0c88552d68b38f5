import {closeSync, fstatSync, openSync} from "node:fs";
import {err, ok, type Result} from "#base";
import {DOUBT, hasWritten, type Meta, metasByAge, newestMeta} from "./lmdb-file.ts";
import {DamagedPage, type FollowedPages, PageWalk} from "./page-walk.ts";

/**
 * Whether the pages of an LMDB file are sound, before LMDB trusts them, and what can be saved where they are not: which of the last two
 * commits counts, and all that it leads to.
 */

/** Follows every page of both trees, of the free pages and of the entries; says the first that is damaged. Reads only. */
export function checkLmdbPages(file: string): Result<FollowedPages, string> {
  const descriptor = openSync(file, "r");
  try {
    const {size} = fstatSync(descriptor);
    if (size === 0) return ok({pages: 0, entries: 0});
    const newest = newestMeta(descriptor);
    if (!newest.ok) return newest;
    const followed = follow(descriptor, newest.value);
    return followed.ok && isBehind(descriptor, newest.value) ? err(DOUBT) : followed;
  } finally {
    closeSync(descriptor);
  }
}

function follow(descriptor: number, meta: Meta): Result<FollowedPages, string> {
  try {
    return ok(new PageWalk(descriptor, meta).check());
  } catch (error) {
    if (error instanceof DamagedPage) return err(error.message);
    throw error;
  }
}

/** Where the pages of a commit begin, by what they say themselves. */
const asWritten = (meta: Meta): Meta => ({
  ...meta,
  transaction: meta.root?.transaction ?? meta.transaction,
});

/**
 * Whether the other of the two pages leads to a whole commit that came after this one: then its number was damaged, which made it the
 * older one. Who is killed while writing leaves pages of a commit to come there as well, but never all of them.
 */
function isBehind(descriptor: number, newest: Meta): boolean {
  const metas = metasByAge(descriptor);
  if (!metas.ok) return false;
  const older = asWritten(metas.value[1]);
  return older.transaction > newest.transaction && follow(descriptor, older).ok;
}

/**
 * What to save from: the newest commit, however much of it is damaged. Where it is in doubt which one that is, the newer of those that are
 * whole; where none is, the newer one by what the two pages say.
 */
function bestMeta(descriptor: number): Result<Meta, string> {
  const newest = newestMeta(descriptor);
  if (newest.ok && !isBehind(descriptor, newest.value)) return newest;
  const metas = metasByAge(descriptor);
  if (!metas.ok) return metas;
  const written = metas.value.map(asWritten);
  written.sort((a, b) => (a.transaction < b.transaction ? 1 : -1));
  const whole = written.find(meta => follow(descriptor, meta).ok);
  return ok(whole ?? asWritten(metas.value.find(hasWritten) ?? metas.value[0]));
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
    const doubt = newest.ok ? DOUBT : newest.error;
    return ok([`${doubt}; transaction ${meta.value.transaction} was taken`, ...passed]);
  } finally {
    closeSync(descriptor);
  }
}
