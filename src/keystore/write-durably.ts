import {closeSync, fsyncSync, openSync, writeFileSync} from "node:fs";

/** Read and write for the owner, nothing for anybody else. */
const PRIVATE_FILE = 0o600;

/** Writes a file that must not exist yet; on return its content is on disk (its name once the folder is). */
export function createDurably(file: string, content: string): void {
  const descriptor = openSync(file, "wx", PRIVATE_FILE);
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
