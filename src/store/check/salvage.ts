import {existsSync, renameSync, rmSync} from "node:fs";
import {err, ok, type Result} from "#base";
import {isChecked, isWhole} from "../checked-rows.ts";
import type {OpenFailure} from "../failures.ts";
import type {Write} from "../key-value-store.ts";
import {SCHEMA_VERSION} from "../keys.ts";
import {isOfBefore, layoutOf, otherLayout} from "../layout-of-before.ts";
import {salvageEntries} from "../lmdb-pages.ts";
import {openLmdbStore} from "../lmdb-store.ts";

/** Bytes written at once. */
const BATCH = 8 * 1024 * 1024;

export interface Salvaged {
  readonly entries: number;
  /** What was passed over. */
  readonly passed: readonly string[];
  /** The folder in which the damaged file is now. */
  readonly aside: string;
}

/**
 * Copies the entries that can still be reached in a database, as far as they fit their checksums, into a new one that takes its place.
 * The damaged one is moved aside. Until the last moment it is where it was, and so it is of a layout that this program does not know.
 */
export async function salvageDatabase(folder: string): Promise<Result<Salvaged, OpenFailure>> {
  const made = `${folder}.salvaged`;
  rmSync(made, {recursive: true, force: true});
  const store = openLmdbStore(made);
  if (!store.ok) return store;
  let batch: Write[] = [];
  let size = 0;
  let entries = 0;
  let checked = 0;
  const written: Promise<void>[] = [];
  const file = `${folder}/data.mdb`;
  const read = salvageEntries(file, (keyBytes, value) => {
    const key = keyBytes.toString("latin1");
    if (isChecked(key)) {
      if (!isWhole(key, value)) return;
      checked++;
    }
    entries++;
    size += keyBytes.length + value.length;
    batch.push([key, Uint8Array.from(value)]);
    if (size < BATCH) return;
    written.push(store.value.write(batch));
    batch = [];
    size = 0;
  });
  written.push(store.value.write(batch));
  await Promise.all(written);
  // Only rows that fit their checksums were copied, the one that says it among them.
  const layout = layoutOf(store.value) ?? SCHEMA_VERSION;
  await store.value.close();
  const isKnown = layout === SCHEMA_VERSION || isOfBefore(layout);
  if (read.ok && checked > 0 && isKnown) return ok(takePlace(folder, made, entries, read.value));
  rmSync(made, {recursive: true, force: true});
  if (!isKnown) return err(otherLayout(file, layout));
  const detail = read.ok ? "no row of a block can be reached in it" : read.error;
  return err({code: "database-corrupt", file, detail, isBeyondRepair: true});
}

function takePlace(
  folder: string,
  made: string,
  entries: number,
  passed: readonly string[],
): Salvaged {
  const aside = asideOf(folder);
  renameSync(folder, aside);
  renameSync(made, folder);
  return {entries, passed, aside};
}

function asideOf(folder: string): string {
  for (let i = 1; ; i++) {
    const aside = `${folder}.damaged-${i}`;
    if (!existsSync(aside)) return aside;
  }
}
