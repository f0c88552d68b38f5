import {existsSync, mkdirSync, statSync} from "node:fs";
import {dirname} from "node:path";

/**
 * Makes a folder and those above it that are missing; one that is there stays as it is. Throws the system's error where
 * it cannot be made. Node's own recursive `mkdirSync` goes round for ever, at full load, where the system says of a folder
 * that something above it is missing and nothing is: below `/proc`, and in some network and FUSE file systems.
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    if (isFolder(path)) return;
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || existsSync(above)) throw error;
    makeFolder(above, mode);
    makeUnlessThere(path, mode);
  }
}

function makeUnlessThere(path: string, mode: number): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    // Another process was faster.
    if (!isFolder(path)) throw error;
  }
}

const isFolder = (path: string): boolean =>
  statSync(path, {throwIfNoEntry: false})?.isDirectory() === true;
