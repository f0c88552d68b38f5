import {equalBytes} from "#base";
import type {Difference} from "#trie";
import type {StorageKey} from "./externalities.ts";

type Entries = Iterable<readonly [StorageKey, Uint8Array]>;

/** What differs between two lists of entries, each in the order of keys. */
export function* entryDifferences(before: Entries, after: Entries): Generator<Difference> {
  const old = before[Symbol.iterator]();
  const now = after[Symbol.iterator]();
  let a = old.next();
  let b = now.next();
  while (!a.done || !b.done) {
    const isGone = !a.done && (b.done || a.value[0] < b.value[0]);
    const isNew = !b.done && (a.done || b.value[0] < a.value[0]);
    const key = isGone ? a.value![0] : b.value![0];
    const [was, is] = [isNew ? undefined : a.value![1], isGone ? undefined : b.value![1]];
    const isSame = was !== undefined && is !== undefined && equalBytes(was, is);
    if (!isSame) yield {key, before: was, after: is};
    if (!isNew) a = old.next();
    if (!isGone) b = now.next();
  }
}
