import {existsSync, renameSync, rmSync, statSync} from "node:fs";
import {join} from "node:path";
import {type BinaryString, equalBytes, err, invariant, ok, type Result} from "#base";
import {syncDirectory} from "#durable-file";
import {isChecked, isWhole} from "./checked-rows.ts";
import {type OpenFailure, StoreFault} from "./failures.ts";
import {checkFreeSpace, type DiskLow} from "./free-space.ts";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {describeKey, SCHEMA_VERSION} from "./keys.ts";
import {type ChainFolders, compactingFolder, databaseFile, lmdbFolder} from "./layout.ts";
import {layoutOf, otherLayout} from "./layout-of-before.ts";
import {openLmdbStore} from "./lmdb-store.ts";
import {lockOrFail, openFollowed} from "./open-chain-store.ts";

export interface Compacted {
  readonly rows: number;
  /** Bytes of the file. */
  readonly before: number;
  readonly after: number;
}

export interface CompactProgress {
  /** All pages of the file are followed, then its rows held against their checksums, copied, and compared with what was copied. */
  readonly step: "followed" | "checked" | "copied" | "compared";
  readonly rows: number;
  readonly bytes: number;
}

type OnProgress = (progress: CompactProgress) => void;

export interface CompactOptions {
  readonly onProgress?: OnProgress;
  /** After how many rows it is told again how far it is; 10,000 if not said. */
  readonly tellEvery?: number;
  /** Whether there is room for so many bytes; as the file system says if not said. */
  readonly checkRoom?: typeof checkFreeSpace;
}

/** Bytes written at once. */
const BATCH = 8 * 1024 * 1024;
/** Rows between two tellings of how far it is. */
const TOLD_EVERY = 10_000;
/** What pages take beside their rows, and what a commit needs beside them. */
const ROOM_FOR_PAGES = 1.25;
const ROOM_AT_LEAST = 16 * 1024 * 1024;

const EVERYTHING = {from: ""} as const;

/**
 * Writes the rows of a database that nobody has open into a new file, in their order, so that its pages are full and none is left that
 * nothing is in: LMDB's own file never becomes smaller. The new file takes the place of the old one in one step of the file system,
 * after it was read back; until then the old one is as it was. Undefined where there is no database.
 */
export async function compactOnDisk(
  folders: ChainFolders,
  options: CompactOptions = {},
): Promise<Result<Compacted | undefined, OpenFailure | DiskLow>> {
  if (!existsSync(databaseFile(folders))) return ok(undefined);
  const locked = lockOrFail(folders);
  if (!locked.ok) return locked;
  const made = compactingFolder(folders);
  try {
    rmSync(made, {recursive: true, force: true});
    return await compactLocked(folders, made, options);
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    const file = databaseFile(folders);
    const isFull = error.code === "database-full";
    const code = isFull ? "database-not-writable" : "database-corrupt";
    return err({code, file, detail: error.message});
  } finally {
    rmSync(made, {recursive: true, force: true});
    locked.value.release();
  }
}

async function compactLocked(
  folders: ChainFolders,
  made: string,
  {onProgress = () => {}, tellEvery = TOLD_EVERY, checkRoom = checkFreeSpace}: CompactOptions,
): Promise<Result<Compacted, OpenFailure | DiskLow>> {
  const file = databaseFile(folders);
  const before = statSync(file).size;
  const tell: OnProgress = progress => {
    if (progress.rows % tellEvery === 0) onProgress(progress);
  };
  const store = openFollowed(folders, Number.POSITIVE_INFINITY, ({entries, bytes}) =>
    onProgress({step: "followed", rows: entries, bytes}),
  );
  if (!store.ok) return store;
  let rows: number;
  try {
    const found = layoutOf(store.value);
    if (found !== SCHEMA_VERSION) {
      return err(otherLayout(file, found ?? 0));
    }
    const size = sizeOf(store.value, tell);
    const needed = Math.ceil(size * ROOM_FOR_PAGES) + ROOM_AT_LEAST;
    const room = checkRoom(folders.database, needed);
    if (!room.ok) return room;
    const target = openLmdbStore(made);
    if (!target.ok) return target;
    try {
      rows = await copy(store.value, target.value, tell);
      assertSame(store.value, target.value, tell);
    } finally {
      await target.value.close();
    }
  } finally {
    await store.value.close();
  }
  // On disk since its last write was acknowledged.
  const written = join(made, "data.mdb");
  const after = statSync(written).size;
  renameSync(written, file);
  syncDirectory(lmdbFolder(folders));
  return ok({rows, before, after});
}

/** Bytes of keys and values. Throws `StoreFault` where a row does not fit its checksum. */
function sizeOf(store: KeyValueStore, onProgress: OnProgress): number {
  let [rows, size] = [0, 0];
  for (const [key, value] of store.range(EVERYTHING)) {
    rows++;
    if (isChecked(key) && !isWhole(key, value)) {
      throw new StoreFault("database-corrupt", `the row of ${describeKey(key)} is damaged`);
    }
    size += key.length + value.length;
    onProgress({step: "checked", rows, bytes: size});
  }
  return size;
}

async function copy(
  from: KeyValueStore,
  to: KeyValueStore,
  onProgress: OnProgress,
): Promise<number> {
  let [rows, bytes, size] = [0, 0, 0];
  let batch: Write[] = [];
  for (const [key, value] of from.range(EVERYTHING)) {
    batch.push([key, value]);
    size += key.length + value.length;
    rows++;
    onProgress({step: "copied", rows, bytes: bytes + size});
    if (size < BATCH) continue;
    await to.write(batch);
    bytes += size;
    [batch, size] = [[], 0];
  }
  await to.write(batch);
  return rows;
}

/** What was written is what was there, row by row. */
function assertSame(one: KeyValueStore, other: KeyValueStore, onProgress: OnProgress): void {
  let [rows, bytes] = [0, 0];
  const copies = other.range(EVERYTHING)[Symbol.iterator]();
  const next = (): readonly [BinaryString, Uint8Array] | undefined => {
    const {done, value} = copies.next();
    return done ? undefined : value;
  };
  for (const [key, value] of one.range(EVERYTHING)) {
    const copied = next();
    invariant(copied?.[0] === key && equalBytes(copied[1], value), "a copy of a row is that row");
    bytes += key.length + value.length;
    rows++;
    onProgress({step: "compared", rows, bytes});
  }
  invariant(next() === undefined, "nothing is copied that is not there");
}
