import {randomBytes} from "node:crypto";
import {readdirSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";

/** A name that no file of ours ends up with. */
export const UNFINISHED = ".unfinished-";

/** Where the content of `file` is written until it is whole: beside it, since a name is only moved within a folder. */
export const unfinishedBeside = (file: string): string =>
  join(dirname(file), UNFINISHED + randomBytes(8).toString("hex"));

/** Removes what a process that was killed in the middle of a write left in a folder. One that is not there has none. */
export function removeUnfinished(directory: string): void {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  for (const name of names) {
    if (name.startsWith(UNFINISHED)) rmSync(join(directory, name), {force: true});
  }
}
