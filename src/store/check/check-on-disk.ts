import {existsSync} from "node:fs";
import {err, ok, type Result} from "#base";
import type {HashFunction} from "#trie";
import {type OpenFailure, StoreFault} from "../failures.ts";
import {SCHEMA_VERSION} from "../keys.ts";
import {type ChainFolders, databaseFile, lmdbFolder} from "../layout.ts";
import {layoutOf} from "../layout-of-before.ts";
import {checkLmdbPages} from "../lmdb-pages.ts";
import {openLmdbStore} from "../lmdb-store.ts";
import {lockOrFail} from "../open-chain-store.ts";
import {type CheckedDatabase, type CheckProgress, checkDatabase} from "./check-database.ts";
import type {Damage} from "./damage.ts";
import {repairDatabase} from "./repair-database.ts";
import type {RepairSource} from "./repair-source.ts";
import {type Salvaged, salvageDatabase} from "./salvage.ts";

/** Each mends what the one before brought to light, a level of a trie at most; a trie of more is none of a chain's. */
const MOST_ROUNDS = 64;

export interface CheckOptions {
  /** Whether to mend what can be mended. */
  readonly repair: boolean;
  /** Who is asked for what does not follow from the rest. */
  readonly source?: RepairSource;
  readonly onProgress?: (progress: CheckProgress) => void;
}

export interface DiskCheck {
  /** Why the file's pages are not to be followed; then nothing else was looked at. */
  readonly pages: string | undefined;
  readonly salvaged: Salvaged | undefined;
  readonly mended: readonly Damage[];
  /** As it is now, after all that was mended. */
  readonly checked: CheckedDatabase | undefined;
}

/** Checks a database that nobody has open, and where asked for mends it; undefined where there is none. */
export async function checkOnDisk(
  folders: ChainFolders,
  hash: HashFunction,
  options: CheckOptions,
): Promise<Result<DiskCheck | undefined, OpenFailure>> {
  if (!existsSync(databaseFile(folders))) return ok(undefined);
  const locked = lockOrFail(folders);
  if (!locked.ok) return locked;
  try {
    return await checkLocked(folders, hash, options);
  } finally {
    locked.value.release();
  }
}

async function checkLocked(
  folders: ChainFolders,
  hash: HashFunction,
  options: CheckOptions,
): Promise<Result<DiskCheck, OpenFailure>> {
  const file = databaseFile(folders);
  const followed = checkLmdbPages(file);
  let salvaged: Salvaged | undefined;
  if (!followed.ok) {
    const pages = followed.error;
    if (!options.repair) return ok({pages, salvaged, mended: [], checked: undefined});
    const saved = await salvageDatabase(lmdbFolder(folders));
    if (!saved.ok) return err({code: "database-corrupt", file, detail: saved.error});
    salvaged = saved.value;
  }
  const store = openLmdbStore(lmdbFolder(folders));
  if (!store.ok) return store;
  try {
    const found = layoutOf(store.value);
    if (found !== undefined && found !== SCHEMA_VERSION) {
      return err({code: "schema-unknown", file, found, supported: SCHEMA_VERSION});
    }
    const mended: Damage[] = [];
    for (let round = 0; ; round++) {
      const checked = run(checkDatabase(store.value, hash), options.onProgress);
      const isDone = checked.damages.length === 0 || !options.repair || round === MOST_ROUNDS;
      const now = isDone ? [] : await repairDatabase(store.value, hash, checked, options.source);
      if (now.length === 0) return ok({pages: undefined, salvaged, mended, checked});
      mended.push(...now);
    }
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    return err({code: "database-corrupt", file, detail: error.message});
  } finally {
    await store.value.close();
  }
}

function run(
  checking: Generator<CheckProgress, CheckedDatabase>,
  onProgress: CheckOptions["onProgress"],
): CheckedDatabase {
  for (;;) {
    const next = checking.next();
    if (next.done) return next.value;
    onProgress?.(next.value);
  }
}
