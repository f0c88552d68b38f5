import {type BinaryString, binaryToHex, err, type Hex, ok, type Result} from "#base";
import {keysBelow, type TrieView} from "#state";
import type {Turn} from "../budgets/turn.ts";
import {type RpcError, responseTooBig} from "../json-rpc/rpc-error.ts";
import {inSlices} from "./in-slices.ts";

/** Every key that begins with `prefix`; an error where that comes to more than so many bytes of an answer. */
export async function allKeys(
  view: TrieView,
  prefix: BinaryString,
  limit: number,
  turn: Turn,
): Promise<Result<Hex[], RpcError>> {
  const keys: Hex[] = [];
  let size = 0;
  for await (const key of inSlices(keysBelow(view, prefix), turn)) {
    size += 2 * key.length;
    if (size > limit) return err(responseTooBig(limit));
    keys.push(binaryToHex(key));
  }
  return ok(keys);
}
