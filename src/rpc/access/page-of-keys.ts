import {type BinaryString, binaryToHex, err, type Hex, ok, type Result} from "#base";
import {keysBelow, type TrieView} from "#state";
import type {RpcError} from "../json-rpc/rpc-error.ts";

/** Substrate's page size; clients ask for exactly this many. */
const MAX_COUNT = 1_000;

const INVALID_COUNT = 4_002;

export interface KeyPage {
  readonly prefix: BinaryString;
  readonly count: number;
  /** Only keys greater than it. */
  readonly startKey: BinaryString | undefined;
}

/** Keys that begin with a prefix, in order, one page of them. */
export function pageOfKeys(
  view: Pick<TrieView, "has" | "nextKey">,
  {prefix, count, startKey}: KeyPage,
): Result<Hex[], RpcError> {
  const keys: Hex[] = [];
  if (count === 0) return ok(keys);
  for (const key of keysBelow(view, prefix, startKey)) {
    keys.push(binaryToHex(key));
    if (keys.length === count) break;
  }
  return ok(keys);
}

/** Why there is no page of so many keys; undefined where there is. */
export function refusedCount(count: number): Result<never, RpcError> | undefined {
  if (count <= MAX_COUNT) return undefined;
  const message = `count exceeds maximum value. value: ${count}, max: ${MAX_COUNT}`;
  return err({code: INVALID_COUNT, message});
}
