import type {BinaryString} from "#base";
import type {Hashing} from "#crypto";
import {type ChainDescription, type StorageItem, storageKey} from "#description";

/** Bytes of what all keys of an item begin with: two hashes of 16. */
const PREFIX = 32;

/** Items by what their keys begin with. */
export class ItemsByPrefix {
  readonly #items = new Map<BinaryString, StorageItem>();

  constructor({pallets}: ChainDescription, hashing: Hashing) {
    for (const item of pallets.flatMap(({storage}) => storage)) {
      const key = storageKey(item, [], hashing);
      if (key.ok) this.#items.set(key.value, item);
    }
  }

  /** Undefined for keys of no item: well-known ones, and those of pallets that are gone. */
  of(key: BinaryString): StorageItem | undefined {
    return this.#items.get(key.slice(0, PREFIX));
  }
}

export const nameOf = ({pallet, name}: StorageItem): string => `${pallet}.${name}`;
