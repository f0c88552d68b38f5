import {rmSync} from "node:fs";
import {mkdtemp} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";

const made: string[] = [];

// At the very end: hooks run in the order in which they were set up, so that one set up here would come before those
// that end the nodes in the folder.
process.once("exit", () => {
  for (const folder of made) rmSync(folder, {recursive: true, force: true});
});

/** A folder of its own, removed when all tests of the file are over and their nodes have ended. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `khala-${name}-`));
  made.push(folder);
  return folder;
}
