import {type BinaryString, binaryToBytes, err, ok, type Result} from "#base";
import {attempt} from "#codec";
import type {Hashing} from "#crypto";
import {itemKey} from "#primitives";
import type {StorageItem} from "../chain-description.ts";
import {codecOf, writeValue} from "../values/codec-of.ts";
import type {ValueMisfit} from "../values/misfit.ts";
import {hashedKey, hashLength} from "./storage-hash.ts";

/** What all keys of an item begin with, hashed once: whoever follows a chain asks for the same few items at each block. */
const prefixes = new WeakMap<StorageItem, BinaryString>();

function prefixOf(item: StorageItem, hashing: Hashing): BinaryString {
  let prefix = prefixes.get(item);
  if (prefix === undefined) {
    prefix = itemKey(hashing, item.prefix, item.name);
    prefixes.set(item, prefix);
  }
  return prefix;
}

/**
 * The storage key of an item under these keys, one for each that the item has. With fewer, what all keys under them
 * begin with: for maps of several keys, and with none for every map.
 */
export function storageKey(
  item: StorageItem,
  keys: readonly unknown[],
  hashing: Hashing,
): Result<BinaryString, ValueMisfit> {
  if (keys.length > item.keys.length) {
    return err({code: "misfit", at: "", expected: `${item.keys.length} keys at most`});
  }
  let key = prefixOf(item, hashing);
  for (const [i, value] of keys.entries()) {
    const written = writeValue(item.keys[i]!, value);
    if (!written.ok) {
      const {at} = written.error;
      const separator = at === "" || at.startsWith("[") ? "" : ".";
      return err({...written.error, at: `[${i}]${separator}${at}`});
    }
    key += hashedKey(hashing, item.hashers[i]!, written.value);
  }
  return ok(key);
}

/**
 * The keys in a storage key. Undefined in the place of one that its hasher leaves nothing of, and of all that follow
 * it; undefined altogether for what is no key of this item.
 */
export function readStorageKey(
  item: StorageItem,
  key: BinaryString,
  hashing: Hashing,
): readonly unknown[] | undefined {
  const prefix = prefixOf(item, hashing);
  if (!key.startsWith(prefix)) return undefined;
  const read = attempt(binaryToBytes(key.slice(prefix.length)), source => {
    const keys = new Array<unknown>(item.keys.length).fill(undefined);
    for (const [i, type] of item.keys.entries()) {
      const length = hashLength(item.hashers[i]!);
      if (length === undefined) return keys;
      source.advance(length);
      keys[i] = codecOf(type).decodeFrom(source);
    }
    if (source.remaining > 0) source.fail("trailing-bytes", "longer than its keys");
    return keys;
  });
  return read.ok ? read.value : undefined;
}
