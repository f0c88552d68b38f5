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
  lastPage: 144,
  transaction: 152,
};
const AT = META_AT;

/** MDB_INTEGERKEY. */
const INTEGER_KEYS = 8;

/**
 * Pages taken and given back within one transaction at the end of the file are never written, so a sound file can
 * be a little short. 64 pages are far more than our batches leave (they hold each key once), and far less than
 * what a copy that broke off lacks.
 */
export const TOLERATED_PAGES = 64;

export type Meta = {
  readonly page: Buffer;
  readonly pageSize: number;
  readonly lastPage: number;
  readonly transaction: bigint;
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

/** The first page of the two that begin a file which LMDB goes by. */
export function newestMeta(descriptor: number): Result<Meta, string> {
  const first = readMeta(descriptor, 0);
  if (first === undefined) return err("it does not begin like a database file");
  const second = readMeta(descriptor, first.pageSize);
  if (second?.pageSize !== first.pageSize) return err("its second page is damaged");
  return ok(first.transaction > second.transaction ? first : second);
}

function readMeta(descriptor: number, position: number): Meta | undefined {
  const page = Buffer.alloc(META_SIZE);
  if (readSync(descriptor, page, 0, META_SIZE, position) < META_SIZE) return undefined;
  const pageSize = page.readUInt32LE(AT.pageSize);
  const isOurs = page.readUInt32LE(AT.magic) === MAGIC && page.readUInt32LE(AT.version) === VERSION;
  if (!isOurs || pageSize < 256 || (pageSize & (pageSize - 1)) !== 0) return undefined;
  // What the two trees are: keys of the free pages are numbers, the others bytes. LMDB would call functions by what stands there.
  const areTreesOurs =
    page.readUInt16LE(AT.freeFlags) === INTEGER_KEYS && page.readUInt16LE(AT.mainFlags) === 0;
  if (!areTreesOurs) return undefined;
  const lastPage = Number(page.readBigUInt64LE(AT.lastPage));
  return {page, pageSize, lastPage, transaction: page.readBigUInt64LE(AT.transaction)};
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
