import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after} from "node:test";

const made: string[] = [];

// Of the file, and not of a test: what a test runs in a folder ends in hooks that come after those set up before it.
after(() => Promise.all(made.map(folder => rm(folder, {recursive: true, force: true}))));

/** A folder of its own, removed when all tests of the file are over and their nodes have ended. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `khala-${name}-`));
  made.push(folder);
  return folder;
}
