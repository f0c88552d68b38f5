import type {BinaryString} from "#base";
import type {TrieView} from "#state";
import type {Turn} from "../budgets/turn.ts";
import type {StorageChange} from "../shapes/storage-change-set.ts";
import {inSlices} from "./in-slices.ts";

/** Keys with what they hold, in their order; undefined where that comes to more than so many bytes of an answer. */
export async function valuesOf(
  keys: Iterable<BinaryString>,
  view: TrieView,
  {turn, limit}: {readonly turn: Turn; readonly limit: number},
): Promise<StorageChange[] | undefined> {
  const values: StorageChange[] = [];
  let size = 0;
  for await (const key of inSlices(keys, turn)) {
    const value = view.get(key);
    // In hex.
    size += 2 * (key.length + (value?.length ?? 0));
    if (size > limit) return undefined;
    values.push([key, value]);
  }
  return values;
}
