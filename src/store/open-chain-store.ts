import {existsSync, readdirSync, rmSync, statSync} from "node:fs";
import {bytesToHex, equalBytes, err, ok, type Result} from "#base";
import {type HashFunction, TrieFault} from "#trie";
import {readMarker, writeMarker} from "./chain-marker.ts";
import {ChainStore} from "./chain-store.ts";
import {CheckedRows} from "./checked-rows.ts";
import {type DirectoryLock, lockDirectory} from "./directory-lock.ts";
import {type OpenFailure, StoreFault} from "./failures.ts";
import type {KeyValueStore} from "./key-value-store.ts";
import {keys, SCHEMA_VERSION} from "./keys.ts";
import {type ChainFolders, compactingFolder, databaseFile, lmdbFolder} from "./layout.ts";
import {isOfBefore, layoutOf, otherLayout, raiseLayout, rowsOf} from "./layout-of-before.ts";
import {checkLmdbPages, type OnPages} from "./lmdb-pages.ts";
import {openLmdbStore} from "./lmdb-store.ts";
import {MemoryStore} from "./memory-store.ts";
import type {ChainStoreOptions, NewBlock} from "./new-block.ts";
import type {PruningPolicy} from "./pruning-policy.ts";

export type Genesis = {
  hash: Uint8Array;
  /** Called only where the chain begins here. */
  build(): NewBlock;
};

export type OpenOptions = ChainStoreOptions & {
  /** What a chain keeps that begins here; all where nothing is said. */
  pruningWhenNew?: PruningPolicy;
  /** Told, of a database of a layout of before, how many bytes of it were brought into the present one so far. */
  onRaised?: (bytes: number) => void;
  /** A state that is not whole is no reason to refuse: somebody is about to bring the rest, or to remove it. */
  takesImport?: boolean;
};

export type OpenedChain = {
  store: ChainStore;
  /** Writes what is pending, closes the database and lets other processes in. */
  close(): Promise<void>;
};

/** Opens the database of a chain, or makes it with the genesis block. Nothing is changed on a failure. */
export async function openChainStore(
  folders: ChainFolders,
  genesis: Genesis,
  hash: HashFunction,
  options: OpenOptions = {},
): Promise<Result<OpenedChain, OpenFailure>> {
  const locked = lockOrFail(folders);
  if (!locked.ok) return locked;
  const lock = locked.value;
  // Of a compaction that was killed.
  rmSync(compactingFolder(folders), {recursive: true, force: true});
  const there = checkThere(folders);
  if (!there.ok) {
    lock.release();
    return there;
  }
  const keyValues = openKeyValues(folders, lock);
  if (!keyValues.ok) {
    lock.release();
    return keyValues;
  }
  const opened = await openOver(keyValues.value, folders, genesis, hash, options);
  if (!opened.ok) {
    await keyValues.value.close();
    lock.release();
    return opened;
  }
  const store = opened.value;
  const close = () => store.close().finally(() => lock.release());
  return ok({store, close});
}

/**
 * Beyond this size its pages are not all looked at when it is opened, in bytes: it would take some ten seconds. `khala db check`
 * does so.
 */
const MOST_FOLLOWED = 1024 ** 3;

/** Up to this size they always are, in bytes: it takes some tenths of a second. */
const ALWAYS_FOLLOWED = 32 * 1024 ** 2;

/**
 * The pages are followed where the process before did not end well: what damage there is may be what ended it, by a signal
 * and without a word. Those of a small file anyway: else LMDB comes upon the damage, and says so past us in words of its own.
 */
function openKeyValues(
  folders: ChainFolders,
  {wasLeft}: DirectoryLock,
): Result<KeyValueStore, OpenFailure> {
  return openFollowed(folders, wasLeft ? MOST_FOLLOWED : ALWAYS_FOLLOWED);
}

/** After its pages were followed, where the file has no more bytes than `most`. */
export function openFollowed(
  folders: ChainFolders,
  most = MOST_FOLLOWED,
  onPages?: OnPages,
): Result<KeyValueStore, OpenFailure> {
  const file = databaseFile(folders);
  const size = statSync(file, {throwIfNoEntry: false})?.size ?? 0;
  if (size === 0 || size > most) return openLmdbStore(lmdbFolder(folders));
  const followed = checkLmdbPages(file, onPages);
  if (followed.ok) return openLmdbStore(lmdbFolder(folders));
  return err({code: "database-corrupt", file, detail: followed.error});
}

/** A chain that was begun has a database: without one it was lost, and beginning anew would be doing so unasked. */
function checkThere(folders: ChainFolders): Result<void, OpenFailure> {
  if (readMarker(folders.marker) === undefined) return ok();
  const size = statSync(databaseFile(folders), {throwIfNoEntry: false})?.size ?? 0;
  return size > 0 ? ok() : missing(folders);
}

/** Of a chain that was begun and whose database is gone or empty. */
export function missing(folders: ChainFolders): Result<never, OpenFailure> {
  const {marker, guard} = folders;
  const signed = existsSync(guard) && readdirSync(guard).length > 0;
  const genesis = readMarker(marker) ?? "unknown";
  return err({code: "database-missing", file: databaseFile(folders), marker, genesis, signed});
}

function mark(folders: ChainFolders, genesis: Genesis): Result<void, OpenFailure> {
  try {
    writeMarker(folders.marker, bytesToHex(genesis.hash));
    return ok();
  } catch (error) {
    const detail = (error as Error).message;
    return err({code: "database-not-writable", file: folders.marker, detail});
  }
}

/** Takes the lock; a folder that cannot be written is a failure as well. */
export function lockOrFail(folders: ChainFolders): Result<DirectoryLock, OpenFailure> {
  try {
    return lockDirectory(folders.lock);
  } catch (error) {
    const detail = (error as Error).message;
    return err({code: "database-not-writable", file: folders.lock, detail});
  }
}

/** A chain that ends with the process. */
export async function createMemoryChainStore(
  genesis: NewBlock,
  hash: HashFunction,
  options: ChainStoreOptions = {},
): Promise<ChainStore> {
  const store = new MemoryStore();
  await ChainStore.begin(store, genesis, hash);
  return ChainStore.over(store, hash, options);
}

/** A chain in memory that outlives whoever has it open: for tests that end a node and start it again. */
export async function createReopenableChain(
  genesis: NewBlock,
  hash: HashFunction,
): Promise<{open(options?: ChainStoreOptions): ChainStore}> {
  const store = new MemoryStore();
  await ChainStore.begin(store, genesis, hash);
  return {open: options => ChainStore.over(store, hash, options)};
}

async function openOver(
  raw: KeyValueStore,
  folders: ChainFolders,
  genesis: Genesis,
  hash: HashFunction,
  options: OpenOptions,
): Promise<Result<ChainStore, OpenFailure>> {
  const file = databaseFile(folders);
  try {
    const checked = checkIdentity(raw, file, genesis);
    if (!checked.ok) return checked;
    const isBegun = readMarker(folders.marker) !== undefined;
    if (checked.value === "empty" && isBegun) return missing(folders);
    const store = new CheckedRows(raw);
    if (checked.value === "empty") {
      await ChainStore.begin(store, genesis.build(), hash, options.pruningWhenNew);
    } else await raiseLayout(raw, options.onRaised);
    if (!store.isListWhole) {
      const detail = "which values of its own the node had was lost, its votes among them";
      return err({code: "database-corrupt", file, detail, isBeyondRepair: true});
    }
    const chain = ChainStore.over(store, hash, {flatIndex: true, ...options});
    const {unfinished} = chain.imports;
    if (unfinished !== undefined && options.takesImport !== true) {
      return err({code: "import-unfinished", file, pieces: unfinished.pieces});
    }
    // Reads the root of the best state: what the next block needs first.
    chain.stateAt(chain.best.hash)?.get("");
    const marked = mark(folders, genesis);
    return marked.ok ? ok(chain) : marked;
  } catch (error) {
    if (!(error instanceof StoreFault || error instanceof TrieFault)) throw error;
    return err({code: "database-corrupt", file, detail: error.message});
  }
}

function checkIdentity(
  store: KeyValueStore,
  file: string,
  genesis: Genesis,
): Result<"empty" | "ours", OpenFailure> {
  const version = layoutOf(store);
  if (version === undefined) {
    for (const _ of store.range({from: ""})) {
      return err({code: "database-corrupt", file, detail: "it holds something else than a chain"});
    }
    return ok("empty");
  }
  if (version !== SCHEMA_VERSION && !isOfBefore(version)) {
    return err(otherLayout(file, version));
  }
  const found = rowsOf(store, version).get(keys.meta("genesis"));
  if (found === undefined) return err({code: "database-corrupt", file, detail: "no genesis"});
  if (equalBytes(found, genesis.hash)) return ok("ours");
  const expected = bytesToHex(genesis.hash);
  return err({code: "genesis-mismatch", file, found: bytesToHex(found), expected});
}
