import {closeSync, fstatSync, openSync, readSync, writeSync} from "node:fs";
import {err, ok, type Result} from "#base";

/**
 * LMDB maps its file into memory and trusts it: one that is too short, or no LMDB file at all, would end the
 * process by a signal instead of an error. So its two meta pages are looked at first. Layout of version 2 of the
 * format, read off files that lmdb 3.5 writes: a page header of 24 bytes, then magic, version, address, map size,
 * two tables of 48 bytes (the first begins with the page size), the last page, the transaction.
 */
const META_SIZE = 168;
const MAGIC = 0xbe_ef_c0_de;
const VERSION = 2;
export const META_AT = {
  magic: 24,
  version: 28,
  trees: 48,
  pageSize: 48,
  freeFlags: 52,
  mainFlags: 100,
  mainRoot: 136,
  lastPage: 144,
  transaction: 152,
};
const AT = META_AT;

/** Of a tree's own entry: flags, depth (u16 each), numbers of pages of the three kinds, of entries, root (u64 each). */
export const TREE_AT = {
  flags: 4,
  depth: 6,
  branches: 8,
  leaves: 16,
  overflows: 24,
  entries: 32,
  root: 40,
};
export const TREE_SIZE = 48;
/** Of a tree whose keys are ordered as bytes. */
export const KEYS_ARE_BYTES = 0;

/** LMDB's own bounds. */
const PAGE_SIZES = [256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536];

/** Of a tree that has no pages. */
export const NO_PAGE = (1n << 64n) - 1n;

/** Every page begins with its own number and that of the transaction that wrote it, u64 each. */
const PAGE_TRANSACTION_END = 16;
const NO_TRANSACTION = -1n;

/** MDB_INTEGERKEY. */
const INTEGER_KEYS = 8;

/**
 * Pages taken and given back within one transaction at the end of the file are never written, so a sound file can
 * be a little short. 64 pages are far more than our batches leave (they hold each key once), and far less than
 * what a copy that broke off lacks.
 */
export const TOLERATED_PAGES = 64;

export type Meta = {
  /** Of the two that begin a file. */
  readonly index: number;
  readonly page: Buffer;
  readonly pageSize: number;
  readonly lastPage: number;
  readonly transaction: bigint;
  /** The page that the entries begin at, and who wrote it by its own account; undefined where there is none. */
  readonly root: {readonly number: number; readonly transaction: bigint} | undefined;
};

/** Says why `file` must not be given to LMDB; pads one that lacks only pages that were never written. */
export function checkLmdbFile(file: string): Result<void, string> {
  const descriptor = openSync(file, "r+");
  try {
    const {size} = fstatSync(descriptor);
    if (size === 0) return ok();
    const newest = newestMeta(descriptor);
    if (!newest.ok) return newest;
    const {lastPage, pageSize} = newest.value;
    return padToPages(descriptor, size, lastPage + 1, pageSize);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The first page of the two that begin a file which LMDB goes by, the one with the higher number, if there is no doubt that it is. A
 * number that was damaged would bring back what was there before the last commit, whole and without a word.
 */
export function newestMeta(descriptor: number): Result<Meta, string> {
  const metas = metasByAge(descriptor);
  if (!metas.ok) return metas;
  const [newest, older] = metas.value;
  if (isCompacted(newest, older)) return ok(newest);
  const isInDoubt =
    ![newest, older].every(meta => isTurnOf(meta, meta.transaction)) ||
    newest.transaction - older.transaction > 1n ||
    // No commit touches what the one before it left: a later number was written by the one that this was.
    (older.root !== undefined && older.root.transaction > newest.transaction);
  if (isInDoubt) return err(DOUBT);
  return hasWritten(newest)
    ? ok(newest)
    : err(`page ${newest.root?.number} is of another transaction than what begins at it`);
}

const DOUBT = "the two pages that it begins with do not agree on which of them is newer";

/** Both, by their own account: the newer one first. */
export function metasByAge(descriptor: number): Result<[Meta, Meta], string> {
  const first = readMeta(descriptor, 0, 0);
  if (first === undefined) return err("it does not begin like a database file");
  const second = readMeta(descriptor, first.pageSize, 1);
  if (second?.pageSize !== first.pageSize) return err("its second page is damaged");
  return ok(first.transaction > second.transaction ? [first, second] : [second, first]);
}

/** LMDB writes them in turn: even transactions are the first one's. Both begin with none. */
export const isTurnOf = ({index}: Meta, transaction: bigint): boolean =>
  transaction === 0n || Number(transaction & 1n) === index;

/** What LMDB's own copy that leaves out free pages looks like, until it was written to: all is of the first transaction. */
const isCompacted = (newest: Meta, older: Meta): boolean =>
  older.transaction === 0n && older.root === undefined && newest.root?.transaction === 1n;

/** Each commit writes the page that the entries begin at anew, and every page bears the number of who wrote it. */
const hasWritten = ({transaction, root}: Meta): boolean =>
  root === undefined || root.transaction === transaction;

function readMeta(descriptor: number, position: number, index: number): Meta | undefined {
  const page = Buffer.alloc(META_SIZE);
  if (readSync(descriptor, page, 0, META_SIZE, position) < META_SIZE) return undefined;
  const pageSize = page.readUInt32LE(AT.pageSize);
  const isOurs = page.readUInt32LE(AT.magic) === MAGIC && page.readUInt32LE(AT.version) === VERSION;
  if (!isOurs || !PAGE_SIZES.includes(pageSize)) return undefined;
  // What the two trees are: keys of the free pages are numbers, the others bytes. LMDB would call functions by what stands there.
  const areTreesOurs =
    page.readUInt16LE(AT.freeFlags) === INTEGER_KEYS && page.readUInt16LE(AT.mainFlags) === 0;
  if (!areTreesOurs) return undefined;
  const lastPage = Number(page.readBigUInt64LE(AT.lastPage));
  const transaction = page.readBigUInt64LE(AT.transaction);
  const number = page.readBigUInt64LE(AT.mainRoot);
  const root =
    number === NO_PAGE
      ? undefined
      : {number: Number(number), transaction: writerOf(descriptor, Number(number) * pageSize)};
  return {index, page, pageSize, lastPage, transaction, root};
}

/** The number of the transaction that wrote a page; none where the file does not reach so far, which no transaction has. */
function writerOf(descriptor: number, position: number): bigint {
  const header = Buffer.alloc(PAGE_TRANSACTION_END);
  const isThere =
    Number.isSafeInteger(position) && readSync(descriptor, header, 0, header.length, position) > 0;
  return isThere ? header.readBigUInt64LE(PAGE_TRANSACTION_END - 8) : NO_TRANSACTION;
}

function padToPages(
  descriptor: number,
  size: number,
  pages: number,
  pageSize: number,
): Result<void, string> {
  const missing = pages * pageSize - size;
  if (missing <= 0) return ok();
  if (missing > TOLERATED_PAGES * pageSize) {
    return err(`it has ${size} bytes and should have ${pages * pageSize}: it was cut off`);
  }
  // Not zeros: LMDB takes a page without its own number for damage, and reports it.
  writeSync(descriptor, Buffer.alloc(missing, 0xff), 0, missing, size);
  return ok();
}
