import {equalBytes} from "#base";
import type {Hashing} from "#crypto";
import {listRoot} from "#trie";
import type {SyncBlock} from "./messages.ts";

/** Whether a block's body is the one that its header commits to (spec/network §2.1). */
export function bodyMatches(
  {header, body}: Pick<SyncBlock, "header" | "body">,
  hashing: Pick<Hashing, "blockHash">,
): boolean {
  return equalBytes(
    listRoot(data => hashing.blockHash(data), body),
    header.extrinsicsRoot,
  );
}
