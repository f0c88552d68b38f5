import {type BinaryString, binaryToBytes, bytesToHex} from "#base";
import type {Hashing} from "#crypto";
import {type ChainDescription, ItemsByPrefix, itemName} from "#description";
import type {TrieView} from "#state";

/** What became of an item's entries. */
export interface ChangedItem {
  /** `System.LastRuntimeUpgrade`; a well-known key as it reads, and of others what they begin with, in hex. */
  readonly item: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** Of two states by the descriptions of their runtimes, in the order of names. */
export function changedItems(
  {before, after}: {readonly before: TrieView; readonly after: TrieView},
  descriptions: {readonly before: ChainDescription; readonly after: ChainDescription},
  hashing: Hashing,
): ChangedItem[] {
  const [old, now] = [descriptions.before, descriptions.after].map(
    each => new ItemsByPrefix(each, hashing),
  ) as [ItemsByPrefix, ItemsByPrefix];
  const counts = new Map<string, {added: number; removed: number; changed: number}>();
  for (const {key, before: was, after: is} of after.differencesFrom(before)) {
    const item = now.of(key) ?? old.of(key);
    const versioned = now.versionOf(key) ?? old.versionOf(key);
    const name =
      item !== undefined
        ? itemName(item)
        : versioned !== undefined
          ? `${versioned} (storage version)`
          : shownKey(key);
    const count = counts.get(name) ?? {added: 0, removed: 0, changed: 0};
    if (was === undefined) count.added++;
    else if (is === undefined) count.removed++;
    else count.changed++;
    counts.set(name, count);
  }
  return [...counts]
    .map(([item, count]) => ({item, ...count}))
    .sort((a, b) => (a.item < b.item ? -1 : 1));
}

/** Well-known keys are texts that begin so. */
const WELL_KNOWN = /^:[\x20-\x7e]+$/;
const PREFIX = 32;

const shownKey = (key: BinaryString): string =>
  WELL_KNOWN.test(key) ? key : bytesToHex(binaryToBytes(key.slice(0, PREFIX)));
