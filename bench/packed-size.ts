import {copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {open} from "lmdb";

/** Bytes of a database that holds what another one's file holds, written in the order of keys: of no use any more and half full is nothing. */
export async function packedSize(file: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "khala-bench-packed-"));
  const [copy, packed] = ["copy", "packed"].map(name => join(folder, name)) as [string, string];
  try {
    mkdirSync(copy);
    // A copy, since nobody else is to open what a node has open.
    copyFileSync(file, join(copy, "data.mdb"));
    const from = openFolder(copy);
    const to = openFolder(packed);
    // In one transaction: each leaves pages of its own behind.
    await to.transaction(() => {
      for (const {key, value} of from.getRange()) void to.put(key, value);
    });
    await to.close();
    await from.close();
    return statSync(join(packed, "data.mdb")).size;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

const openFolder = (path: string) =>
  open<Buffer, Buffer>({path, noSubdir: false, keyEncoding: "binary", encoding: "binary"});
