import {copyFileSync, mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {unwrap} from "#base";
import {chainFolders, compactOnDisk, databaseFile} from "#store";
import {checkLmdbPages} from "../src/store/lmdb-pages.ts";

export interface Packed {
  /** Bytes of pages that hold something, of the file as it is. */
  readonly used: number;
  /** Bytes of a file that holds the same keys and values, written in their order: none of its pages is half full. */
  readonly packed: number;
}

/** Bytes: the system's, which LMDB takes where nothing is said. */
const PAGE = 4_096;

/** What there would be of a database without what is of no use any more, and without room left in its pages: as `khala db compact` leaves it. */
export async function packedSize(file: string): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "khala-bench-packed-"));
  try {
    const copy = chainFolders(folder, "packed");
    mkdirSync(dirname(databaseFile(copy)), {recursive: true});
    // A copy, since nobody else is to open what a node has open.
    copyFileSync(file, databaseFile(copy));
    const {pages} = unwrap(checkLmdbPages(file));
    const compacted = unwrap(await compactOnDisk(copy))!;
    return {used: pages * PAGE, packed: compacted.after};
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
