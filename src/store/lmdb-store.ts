import {existsSync} from "node:fs";
import {dirname, join} from "node:path";
import {open} from "lmdb";
import {type BinaryString, err, invariant, ok, type Result} from "#base";
import {makeFolder} from "#durable-file";
import {type OpenFailure, StoreFault, type StoreFaultCode} from "./failures.ts";
import {freeSpace} from "./free-space.ts";
import {type KeyRange, type KeyValueStore, LONGEST_KEY, type Write} from "./key-value-store.ts";
import {checkLmdbFile} from "./lmdb-file.ts";
import {type Lmdb, LmdbTrees} from "./lmdb-trees.ts";

const MDB_MAP_FULL = -30_792;
/** MDB_CORRUPTED and MDB_PAGE_NOTFOUND. */
const MDB_DAMAGED = [-30_796, -30_797];
const ENOSPC = 28;
/** Also what LMDB makes of a write that the disk takes a part of, since the next byte finds no room. */
const EIO = 5;
/** Bytes left, below which that is why: less than the part that was not taken. */
const HARDLY_ANY = 1_048_576;

/** Reads are cut from slabs of this size: an array of its own for each node would cost more than reading it. */
const SLAB_SIZE = 8_192;

/** Opens the database in `directory`, which is made where it is missing. */
export function openLmdbStore(directory: string): Result<KeyValueStore, OpenFailure> {
  const file = join(directory, "data.mdb");
  try {
    makeFolder(directory);
    const checked = existsSync(file) ? checkLmdbFile(file) : ok();
    if (!checked.ok) return err({code: "database-corrupt", file, detail: checked.error});
    const lmdb: Lmdb = open({
      path: directory,
      // Without this a directory whose name has a dot is taken for a file.
      noSubdir: false,
      keyEncoding: "binary",
      encoding: "binary",
      // A write is to be acknowledged when it is on disk, not when it is visible.
      overlappingSync: false,
    });
    return ok(new LmdbStore(lmdb, new LmdbTrees(lmdb), file));
  } catch (error) {
    return err(openFailure(error, file));
  }
}

function openFailure(error: unknown, file: string): OpenFailure {
  if (error instanceof StoreFault) return {code: "database-corrupt", file, detail: error.message};
  const {code, message} = error as {code?: unknown; message: string};
  const isSystemError = typeof code === "string" || (typeof code === "number" && code > 0);
  return {
    code: isSystemError ? "database-not-writable" : "database-corrupt",
    file,
    detail: message,
  };
}

class LmdbStore implements KeyValueStore {
  readonly #lmdb: Lmdb;
  readonly #trees: LmdbTrees;
  readonly #file: string;
  #slab = new Uint8Array(0);
  #used = 0;
  #lent: Uint8Array = new Uint8Array(0);
  #isClosing = false;

  constructor(lmdb: Lmdb, trees: LmdbTrees, file: string) {
    this.#lmdb = lmdb;
    this.#trees = trees;
    this.#file = file;
  }

  get(key: BinaryString): Uint8Array | undefined {
    try {
      // A buffer that the next read overwrites; its `length` is set to that of the value and is not its own.
      const shared = this.#trees.getFast(Buffer.from(key, "latin1"));
      if (shared === undefined) return undefined;
      const {buffer, byteOffset, length} = shared;
      const value = this.#allocate(length);
      value.set(new Uint8Array(buffer, byteOffset, length));
      return value;
    } catch (error) {
      throw this.#fault(error);
    }
  }

  lend(key: Uint8Array): Uint8Array | undefined {
    try {
      const shared = this.#trees.getFast(asBuffer(key));
      if (shared === undefined) return undefined;
      // Mostly the same buffer, and making an array for each reading costs as much as the reading.
      if (this.#lent.buffer !== shared.buffer || this.#lent.byteOffset !== shared.byteOffset) {
        this.#lent = new Uint8Array(shared.buffer, shared.byteOffset);
      }
      return this.#lent;
    } catch (error) {
      throw this.#fault(error);
    }
  }

  #allocate(size: number): Uint8Array {
    if (size > SLAB_SIZE >> 1) return new Uint8Array(size);
    if (this.#used + size > this.#slab.length) {
      this.#slab = new Uint8Array(SLAB_SIZE);
      this.#used = 0;
    }
    const from = this.#used;
    this.#used += size;
    return this.#slab.subarray(from, from + size);
  }

  async write(batch: readonly Write[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      this.#trees.makeFor(batch);
      await this.#lmdb.batch(() => {
        for (const [key, value] of batch) this.#put(key, value);
      });
    } catch (error) {
      throw this.#fault(await causeOf(error));
    }
    if (this.#isClosing) return;
    // Else reads of this turn would go on with the state of before.
    this.#lmdb.resetReadTxn();
    this.#trees.noteWritten();
  }

  #put(key: BinaryString, value: Uint8Array | undefined): void {
    invariant(key.length <= LONGEST_KEY, "a key of the store is short");
    const keyBytes = Buffer.from(key, "latin1");
    if (value === undefined) this.#trees.remove(keyBytes);
    else this.#trees.put(keyBytes, asBuffer(value));
  }

  *range(range: KeyRange): Iterable<[BinaryString, Uint8Array]> {
    try {
      yield* this.#trees.range(range);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  *misplaced(batch: number): Iterable<readonly Write[]> {
    try {
      yield* this.#trees.misplaced(batch);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#lmdb.close();
  }

  #fault(error: unknown): StoreFault {
    if (error instanceof StoreFault) return error;
    const {code, message} = error as {code?: unknown; message: string};
    const isFull = code === EIO && this.#isDiskFull();
    return new StoreFault(
      isFull ? "database-full" : faultCode(code),
      `${this.#file}: ${message}`,
      error,
    );
  }

  #isDiskFull(): boolean {
    try {
      return freeSpace(dirname(this.#file)) < HARDLY_ANY;
    } catch {
      // A disk that cannot say how full it is fails for another reason.
      return false;
    }
  }
}

/** How long LMDB is waited for to say why a commit failed, in milliseconds: it does within the turn that says so. */
const CAUSE_WAIT = 1_000;

/**
 * Of a commit that failed LMDB gives the reason in a promise of its own, which rejects a little later, and whose rejection
 * somebody has to hear.
 */
async function causeOf(error: unknown): Promise<unknown> {
  const {commitError} = error as {commitError?: unknown};
  if (!(commitError instanceof Promise)) return error;
  const late = new Promise(resolve => setTimeout(resolve, CAUSE_WAIT, error).unref());
  return Promise.race([
    commitError.then(
      () => error,
      (cause: unknown) => cause,
    ),
    late,
  ]);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function faultCode(code: unknown): StoreFaultCode {
  if (code === MDB_MAP_FULL || code === ENOSPC || code === "ENOSPC") return "database-full";
  return typeof code === "number" && MDB_DAMAGED.includes(code)
    ? "database-corrupt"
    : "database-failed";
}
