import {equalBytes} from "#base";
import type {Hashing} from "#crypto";
import {listRoot, type StateVersion} from "#trie";
import type {SyncBlock} from "./messages.ts";

/** Which one a chain has its runtime says, which is not at hand where blocks come in. */
const LAYOUTS: readonly StateVersion[] = [0, 1];

/**
 * Whether a block's body is the one that its header commits to (spec/network §2.1), by one layout of lists or the other: no
 * two bodies have one root, so that it is enough here, and whoever executes the block holds it to its own.
 */
export function bodyMatches(
  {header, body}: Pick<SyncBlock, "header" | "body">,
  hashing: Pick<Hashing, "blockHash">,
): boolean {
  const rootOf = (version: StateVersion) =>
    listRoot(data => hashing.blockHash(data), body, version);
  return LAYOUTS.some(version => equalBytes(rootOf(version), header.extrinsicsRoot));
}
