import {existsSync, rmdirSync} from "node:fs";
import {dirname, resolve} from "node:path";

/** The folders of a path that are not there yet, the innermost first: to be gone again where nothing came of what they were for. */
export function missingFolders(path: string): readonly string[] {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.push(at);
  return missing;
}

/** Removes those that are empty. */
export function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch (error) {
      const {code} = error as NodeJS.ErrnoException;
      if (code === "ENOENT") continue;
      // Somebody else put something there meanwhile, which stays with all above it.
      if (code === "ENOTEMPTY" || code === "EEXIST") return;
      throw error;
    }
  }
}
