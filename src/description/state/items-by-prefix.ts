import type {BinaryString} from "#base";
import type {Hashing} from "#crypto";
import {itemKey} from "#primitives";
import type {ChainDescription, StorageItem} from "../chain-description.ts";
import {storageKey} from "./storage-key.ts";

/** Bytes of what all keys of an item begin with: two hashes of 16. */
const PREFIX = 32;

/** frame_support, `StorageVersion::storage_key`. */
const STORAGE_VERSION = ":__STORAGE_VERSION__:";

/** Items by what their keys begin with: which one a key of the state is of. */
export class ItemsByPrefix {
  readonly #items = new Map<BinaryString, StorageItem>();
  readonly #pallets = new Map<BinaryString, string>();
  #versionKey: BinaryString | undefined;

  constructor({pallets}: ChainDescription, hashing: Hashing) {
    for (const {name} of pallets) {
      // Each pallet may keep the version of its storage, which is no item of its metadata.
      const key = itemKey(hashing, name, STORAGE_VERSION);
      this.#pallets.set(key.slice(0, PREFIX / 2), name);
      this.#versionKey = key.slice(PREFIX / 2);
    }
    for (const item of pallets.flatMap(({storage}) => storage)) {
      const key = storageKey(item, [], hashing);
      if (key.ok) this.#items.set(key.value, item);
    }
  }

  /** The pallet whose storage version stands there. */
  versionOf(key: BinaryString): string | undefined {
    const isIt = key.length === PREFIX && key.slice(PREFIX / 2) === this.#versionKey;
    return isIt ? this.#pallets.get(key.slice(0, PREFIX / 2)) : undefined;
  }

  /** Undefined for keys of no item: well-known ones, and those of pallets that are gone. */
  of(key: BinaryString): StorageItem | undefined {
    return this.#items.get(key.slice(0, PREFIX));
  }
}

/** `System.Account` */
export const itemName = ({pallet, name}: StorageItem): string => `${pallet}.${name}`;
