import {randomBytes} from "node:crypto";
import {type Dirent, readdirSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";

/** Before the digits of a name that no file of ours ends up with. */
const UNFINISHED = ".unfinished-";
const RANDOM_BYTES = 8;

/** Whether that is the name of a file whose content was not whole yet. */
export const isUnfinished = (name: string): boolean => /^\.unfinished-[0-9a-f]{16}$/.test(name);

/** Where the content of `file` is written until it is whole: beside it, since a name is only moved within a folder. */
export const unfinishedBeside = (file: string): string =>
  join(dirname(file), UNFINISHED + randomBytes(RANDOM_BYTES).toString("hex"));

/** Removes what a process that was killed in the middle of a write left in a folder. One that is not there has none. */
export function removeUnfinished(directory: string): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(directory, {withFileTypes: true});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  for (const entry of entries) {
    if (entry.isFile() && isUnfinished(entry.name))
      rmSync(join(directory, entry.name), {force: true});
  }
}
