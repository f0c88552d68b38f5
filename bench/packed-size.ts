import {copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {open} from "lmdb";

export interface Packed {
  /** Bytes of pages that hold something, of the file as it is. */
  readonly used: number;
  /** Bytes of a file that holds the same keys and values, written in their order: none of its pages is half full. */
  readonly packed: number;
}

/** What there would be of a database without what is of no use any more, and without room left in its pages. */
export async function packedSize(file: string): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "khala-bench-packed-"));
  const [copy, packed] = ["copy", "packed"].map(name => join(folder, name)) as [string, string];
  try {
    mkdirSync(copy);
    // A copy, since nobody else is to open what a node has open.
    copyFileSync(file, join(copy, "data.mdb"));
    const from = openFolder(copy);
    const to = openFolder(packed);
    const {pageSize, ...pages} = from.getStats() as PageCounts;
    const count = pages.treeBranchPageCount + pages.treeLeafPageCount + pages.overflowPages;
    // In one transaction: each leaves pages of its own behind.
    await to.transaction(() => {
      for (const {key, value} of from.getRange()) void to.put(key, value);
    });
    await to.close();
    await from.close();
    return {used: count * pageSize, packed: statSync(join(packed, "data.mdb")).size};
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** What the library says of a tree and does not declare. */
interface PageCounts {
  readonly pageSize: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

const openFolder = (path: string) =>
  open<Buffer, Buffer>({path, noSubdir: false, keyEncoding: "binary", encoding: "binary"});
