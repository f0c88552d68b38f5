import type {BinaryString} from "#base";
import type {Hashing} from "#crypto";
import {type ChainDescription, readValue, type StorageItem, storageKey} from "#description";
import {ITEM_PREFIX} from "./state-draft.ts";

type Items = ReadonlyMap<BinaryString, StorageItem>;

/**
 * What of a state does not read any more by the description of other code, as lines for people: values of another type, and
 * items that are none any more. Migrations may change either.
 */
export function noLongerReads(
  top: ReadonlyMap<BinaryString, Uint8Array>,
  descriptions: {readonly before: ChainDescription; readonly after: ChainDescription},
  hashing: Hashing,
): string[] {
  const [before, after] = [descriptions.before, descriptions.after].map(each =>
    itemsOf(each, hashing),
  ) as [Items, Items];
  const lost = new Map<string, {count: number; reason: string}>();
  for (const [key, value] of top) {
    const prefix = key.slice(0, ITEM_PREFIX);
    const [was, is] = [before.get(prefix), after.get(prefix)];
    const item = is ?? was;
    const reason = is === undefined ? "no such item" : misread(is, value);
    if (item === undefined || reason === undefined) continue;
    const name = `${item.pallet}.${item.name}`;
    lost.set(name, {count: (lost.get(name)?.count ?? 0) + 1, reason});
  }
  return [...lost].map(
    ([name, {count, reason}]) =>
      `${name}: ${count === 1 ? "a value does" : `${count} values do`} not read by the other code (${reason}), unless its migrations change that`,
  );
}

function itemsOf({pallets}: ChainDescription, hashing: Hashing): Items {
  const items = pallets.flatMap(({storage}) => storage);
  return new Map(
    items.flatMap(item => {
      const key = storageKey(item, [], hashing);
      return key.ok ? [[key.value, item] as const] : [];
    }),
  );
}

function misread({value: type}: StorageItem, value: Uint8Array): string | undefined {
  const read = readValue(type, value);
  // Metadata 13 names types without saying what they are: nothing is known of those.
  return read.ok || read.error.code === "type-unknown" ? undefined : read.error.message;
}
