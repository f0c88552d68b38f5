import {readFileSync} from "node:fs";
import {dirname} from "node:path";
import {hexToBytes} from "#base";
import {removeUnfinished, replaceFile} from "#durable-file";
import type {ChainFolders} from "./layout.ts";

/**
 * Says, outside of the database, that a chain was begun here. Without it a database that got lost (a disk that is not
 * mounted, a file removed by hand) looks like a first start, and the node would begin again from genesis beside keys
 * that have signed for another past.
 *
 * The genesis hash in hex; written once the genesis block is on disk, and removed by purge-chain only.
 */
export function readMarker(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Of a process that was killed while it wrote one, nothing is left. */
export function writeMarker(file: string, genesisHash: string): void {
  if (readMarker(file) === genesisHash) return;
  removeUnfinished(dirname(file));
  replaceFile(file, `${genesisHash}\n`);
}

/** The hash of the first block of the chain that was begun in a folder; undefined where none was, or nobody can read which. */
export function beganWith({marker}: ChainFolders): Uint8Array | undefined {
  const hash = hexToBytes(readMarker(marker) ?? "");
  return hash?.length === 32 ? hash : undefined;
}
