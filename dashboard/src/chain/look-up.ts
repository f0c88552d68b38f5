import {node} from "../rpc/node.ts";
import {type ChainRuntime, hasItem} from "./runtime.ts";

export interface StorageEntry {
  readonly pallet: string;
  readonly entry: string;
  /** How many keys lead to one value. */
  readonly keys: number;
  readonly docs: string;
}

export interface FoundValue {
  readonly key: string;
  readonly keys: readonly unknown[];
  readonly value: unknown;
  readonly bytes: number;
}

export interface FoundValues {
  readonly values: readonly FoundValue[];
  /** There are more than were read. */
  readonly isCut: boolean;
}

/** A map may have a million entries. */
const MOST_VALUES = 100;

export function storageEntries({metadata, builder}: ChainRuntime): readonly StorageEntry[] {
  return metadata.pallets.flatMap(({name: pallet, storage}) =>
    (storage?.items ?? []).map(({name: entry, docs}) => ({
      pallet,
      entry,
      keys: builder.buildStorage(pallet, entry).len,
      docs: docs.join(" ").trim(),
    })),
  );
}

/** The values under so many of an entry's keys as are given: one, or the first of a map. */
export async function lookUp(
  {pallet, entry, keys: wanted}: StorageEntry,
  keys: readonly unknown[],
  runtime: ChainRuntime,
  hash: string,
): Promise<FoundValues> {
  const {builder} = runtime;
  if (!hasItem(runtime, pallet, entry)) throw new Error(`this block has no ${pallet}.${entry}`);
  const storage = builder.buildStorage(pallet, entry);
  const prefix = storage.keys.enc(...keys);
  const found =
    keys.length === wanted
      ? [prefix]
      : await node.call<string[]>("state_getKeysPaged", [prefix, MOST_VALUES + 1, null, hash]);
  const shown = found.slice(0, MOST_VALUES);
  const [set] = await node.call<[{changes: (readonly [string, string | null])[]}]>(
    "state_queryStorageAt",
    [shown, hash],
  );
  return {
    isCut: found.length > MOST_VALUES,
    values: set.changes.map(([key, value]) => ({
      key,
      keys: wanted === 0 ? [] : storage.keys.dec(key),
      value: value === null ? storage.fallback : storage.value.dec(value),
      bytes: value === null ? 0 : (value.length - 2) / 2,
    })),
  };
}

/** A key as a person writes it: a number, JSON, or text such as an address. */
export function parseKey(text: string): unknown {
  const trimmed = text.trim();
  if (/^\d{1,15}$/.test(trimmed)) return Number(trimmed);
  if (/^\d+$/.test(trimmed)) return BigInt(trimmed);
  if (/^[[{"]/.test(trimmed)) return JSON.parse(trimmed);
  return trimmed;
}
