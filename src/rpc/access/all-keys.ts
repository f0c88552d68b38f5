import {type BinaryString, binaryToHex, err, type Hex, ok} from "#base";
import {keysBelow, type TrieView} from "#state";
import type {Outcome} from "../declare/index.ts";
import type {Turn} from "../dispatch/turn.ts";
import {responseTooBig} from "../json-rpc/rpc-error.ts";
import {inSlices} from "./in-slices.ts";

/** Every key that begins with `prefix`; an error where that comes to more than so many bytes of an answer. */
export async function allKeys(
  view: TrieView,
  prefix: BinaryString,
  limit: number,
  turn: Turn,
): Promise<Outcome> {
  const keys: Hex[] = [];
  let size = 0;
  for await (const key of inSlices(keysBelow(view, prefix), turn)) {
    size += 2 * key.length;
    if (size > limit) return err(responseTooBig(limit));
    keys.push(binaryToHex(key));
  }
  return ok(keys);
}
