import {existsSync, renameSync, rmSync} from "node:fs";
import {err, ok, type Result} from "#base";
import {isChecked, isWhole} from "../checked-rows.ts";
import type {Write} from "../key-value-store.ts";
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
 * The damaged one is moved aside. Until the last moment it is where it was.
 */
export async function salvageDatabase(folder: string): Promise<Result<Salvaged, string>> {
  const made = `${folder}.salvaged`;
  rmSync(made, {recursive: true, force: true});
  const store = openLmdbStore(made);
  if (!store.ok) return err(store.error.code);
  let batch: Write[] = [];
  let size = 0;
  let entries = 0;
  let checked = 0;
  const written: Promise<void>[] = [];
  const read = salvageEntries(`${folder}/data.mdb`, (keyBytes, value) => {
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
  await store.value.close();
  if (!read.ok || checked === 0) {
    rmSync(made, {recursive: true, force: true});
    return read.ok ? err("no row of a block can be reached in it") : read;
  }
  const aside = asideOf(folder);
  renameSync(folder, aside);
  renameSync(made, folder);
  return ok({entries, passed: read.value, aside});
}

function asideOf(folder: string): string {
  for (let i = 1; ; i++) {
    const aside = `${folder}.damaged-${i}`;
    if (!existsSync(aside)) return aside;
  }
}
