import {closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {unfinishedBeside} from "./unfinished.ts";

/** Read and write for the owner, nothing for anybody else. */
const PRIVATE_FILE = 0o600;

/**
 * Makes a file that must not exist yet; on return it is on disk. Of two processes that try at once one succeeds. Throws
 * the system's error, `EEXIST` where the file is there, and then has changed nothing.
 */
export function createFile(file: string, content: string | Uint8Array, mode = PRIVATE_FILE): void {
  place(file, content, mode, linkSync);
}

/** Makes a file or puts other content in its place; on return it is on disk. Throws the system's error. */
export function replaceFile(file: string, content: string | Uint8Array, mode = PRIVATE_FILE): void {
  place(file, content, mode, renameSync);
}

function place(
  file: string,
  content: string | Uint8Array,
  mode: number,
  giveName: (from: string, to: string) => void,
): void {
  const unfinished = unfinishedBeside(file);
  try {
    writeWhole(unfinished, content, mode);
    giveName(unfinished, file);
  } finally {
    rmSync(unfinished, {force: true});
  }
  syncDirectory(dirname(file));
}

function writeWhole(file: string, content: string | Uint8Array, mode: number): void {
  const descriptor = openSync(file, "wx", mode);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A name is on disk only when the folder is. */
export function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
