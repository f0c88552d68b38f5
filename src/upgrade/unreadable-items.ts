import type {Hashing} from "#crypto";
import {type ChainDescription, ItemsByPrefix, itemName, readValue} from "#description";
import type {TrieView} from "#state";

/** Entries that the runtime of a state does not read. */
export interface UnreadableItem {
  readonly item: string;
  readonly count: number;
  /** Of the first one that is there and reads as something else; undefined where the runtime has no such item any more. */
  readonly reason: string | undefined;
}

/**
 * What of a state does not read by its runtime's description: values of another type, and, where the description of the runtime
 * before is given, items that it had and this one has not.
 */
export function unreadableItems(
  state: Pick<TrieView, "entries">,
  {now, before}: {readonly now: ChainDescription; readonly before: ChainDescription},
  hashing: Hashing,
): UnreadableItem[] {
  const [items, formerly] = [new ItemsByPrefix(now, hashing), new ItemsByPrefix(before, hashing)];
  const found = new Map<string, {count: number; reason: string | undefined}>();
  for (const [key, value] of state.entries()) {
    const item = items.of(key);
    const former = item ?? formerly.of(key);
    if (former === undefined) continue;
    const read = item && readValue(item.value, value);
    // Metadata 13 names types without saying what they are: nothing is known of those.
    if (read?.ok || read?.error.code === "type-unknown") continue;
    const reason = read?.error.message;
    const known = found.get(itemName(former));
    found.set(itemName(former), {reason: known?.reason ?? reason, count: (known?.count ?? 0) + 1});
  }
  return [...found].map(([item, facts]) => ({item, ...facts}));
}
