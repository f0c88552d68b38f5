import {existsSync} from "node:fs";
import {err, ok, type Result} from "#base";
import type {HashFunction} from "#trie";
import {readMarker} from "../chain-marker.ts";
import {type OpenFailure, StoreFault} from "../failures.ts";
import type {KeyValueStore} from "../key-value-store.ts";
import {SCHEMA_VERSION} from "../keys.ts";
import {type ChainFolders, databaseFile, lmdbFolder} from "../layout.ts";
import {isOfBefore, layoutOf, otherLayout, raiseLayout} from "../layout-of-before.ts";
import {checkLmdbPages, type OnPages, whyNotSalvaged} from "../lmdb-pages.ts";
import {openLmdbStore} from "../lmdb-store.ts";
import {lockOrFail, missing} from "../open-chain-store.ts";
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
  /** The hash of the chain's first block, where somebody knows it. */
  readonly genesis?: Uint8Array;
  readonly onProgress?: (progress: CheckProgress) => void;
  /** Told first, while the pages of the file are followed. */
  readonly onPages?: OnPages;
}

export interface DiskCheck {
  /** Why the file's pages are not to be followed; then nothing else was looked at. */
  readonly pages: string | undefined;
  /** Whether these are the pages that lead to all others, so that nothing can be saved. */
  readonly isBeyondRepair: boolean;
  readonly salvaged: Salvaged | undefined;
  readonly mended: readonly Damage[];
  /** What of it is not as it was, or not known any more. */
  readonly notes: readonly string[];
  /** Why the source answers nothing more, where it left in the midst of it. */
  readonly gone: string | undefined;
  /** As it is now, after all that was mended. */
  readonly checked: CheckedDatabase | undefined;
}

const NOTHING_DONE: DiskCheck = {
  pages: undefined,
  isBeyondRepair: false,
  salvaged: undefined,
  mended: [],
  notes: [],
  gone: undefined,
  checked: undefined,
};

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
): Promise<Result<DiskCheck | undefined, OpenFailure>> {
  const file = databaseFile(folders);
  const followed = checkLmdbPages(file, options.onPages);
  let salvaged: Salvaged | undefined;
  if (!followed.ok) {
    const pages = followed.error;
    const isBeyondRepair = whyNotSalvaged(file) !== undefined;
    if (!options.repair) {
      return ok({...NOTHING_DONE, pages, isBeyondRepair});
    }
    const saved = await salvageDatabase(lmdbFolder(folders));
    if (!saved.ok) return saved;
    salvaged = saved.value;
  }
  const store = openLmdbStore(lmdbFolder(folders));
  if (!store.ok) return store;
  try {
    const found = layoutOrDamaged(store.value);
    const isRaised = options.repair && found !== undefined && isOfBefore(found);
    if (found !== undefined && found !== SCHEMA_VERSION && !isRaised) {
      return err(otherLayout(file, found));
    }
    // A node would not start on a damaged one to do so.
    if (options.repair && found !== undefined) await raiseLayout(store.value);
    const mended: Damage[] = [];
    const notes: string[] = [];
    let gone: string | undefined;
    for (let round = 0; ; round++) {
      const checking = checkDatabase(store.value, hash, options.genesis);
      const checked = run(checking, options.onProgress);
      if (checked.rows === 0) return isEmpty(folders);
      notes.push(...checked.own.notes.filter(note => !notes.includes(note)));
      const isDone = checked.damages.length === 0 || !options.repair || round === MOST_ROUNDS;
      const source = gone === undefined ? options.source : undefined;
      const now = isDone ? undefined : await repairDatabase(store.value, hash, checked, source);
      gone ??= now?.gone;
      if (now === undefined || now.mended.length === 0) {
        return ok({...NOTHING_DONE, salvaged, mended, notes, gone, checked});
      }
      mended.push(...now.mended);
    }
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    return err({code: "database-corrupt", file, detail: error.message});
  } finally {
    await store.value.close();
  }
}

/** As `layoutOf`; of a row that is damaged nothing, which the check then comes upon. */
function layoutOrDamaged(store: KeyValueStore): number | undefined {
  try {
    return layoutOf(store);
  } catch (error) {
    if (error instanceof StoreFault) return undefined;
    throw error;
  }
}

/** A file that holds nothing: of a chain that was begun it is not the one that was there. */
const isEmpty = (folders: ChainFolders): Result<undefined, OpenFailure> =>
  readMarker(folders.marker) === undefined ? ok(undefined) : missing(folders);

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
