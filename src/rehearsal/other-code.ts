import type {BinaryString} from "#base";
import type {Hashing} from "#crypto";
import {type ChainDescription, readValue, storageKey} from "#description";

/** Bytes that all keys of an item begin with: two hashes, of its pallet's name and its own. */
const ITEM_PREFIX = 32;

/** What of a state does not read any more by the description of another runtime, as lines for people. */
export function noLongerReads(
  top: ReadonlyMap<BinaryString, Uint8Array>,
  description: ChainDescription,
  hashing: Hashing,
): string[] {
  const items = new Map(
    description.pallets
      .flatMap(({storage}) => storage)
      .flatMap(item => {
        const key = storageKey(item, [], hashing);
        return key.ok ? [[key.value, item] as const] : [];
      }),
  );
  const lost = new Map<string, {count: number; reason: string}>();
  for (const [key, value] of top) {
    const item = items.get(key.slice(0, ITEM_PREFIX));
    if (item === undefined) continue;
    const read = readValue(item.value, value);
    if (read.ok) continue;
    const name = `${item.pallet}.${item.name}`;
    const {count = 0} = lost.get(name) ?? {};
    lost.set(name, {count: count + 1, reason: read.error.message});
  }
  return [...lost].map(([name, {count, reason}]) => {
    const values = count === 1 ? "a value" : `${count} values`;
    return `${name}: ${values} of the state before do not read as the new code describes them (${reason}), unless its migrations change them`;
  });
}
