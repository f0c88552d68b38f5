import {isLine, readDraft, shapeOf} from "../call-form/index.ts";
import {node} from "../rpc/node.ts";
import {SMALLEST_UNIT} from "../text/amount-unit.ts";
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

/** Keys as a person writes them, by their types: numbers, bytes, accounts by name too, and JSON for what has parts. */
export function readKeys(
  texts: readonly string[],
  {pallet, entry}: StorageEntry,
  runtime: ChainRuntime,
): readonly unknown[] {
  const types = keyTypes(pallet, entry, runtime);
  return texts.map((text, i) => {
    const field = {label: undefined, type: types[i]!, typeName: "key", pallet};
    const shape = shapeOf(field, runtime);
    if (!isLine(shape)) return parseJson(text);
    const read = readDraft(shape, {kind: "text", text}, {runtime, unit: SMALLEST_UNIT});
    if (read.ok) return read.value;
    throw new Error(`“${text.trim()}” is no such key: it takes ${read.expected}`);
  });
}

/** The type of each key of a map: of several they are a tuple, or an array where they are all of one. */
function keyTypes(
  pallet: string,
  entry: string,
  {metadata, lookup}: ChainRuntime,
): readonly number[] {
  const item = metadata.pallets
    .find(({name}) => name === pallet)
    ?.storage?.items.find(({name}) => name === entry);
  if (item === undefined || item.type.tag === "plain") return [];
  const {key, hashers} = item.type.value;
  const type = lookup(key);
  if (hashers.length === 1) return [key];
  if (type.type === "tuple") return type.value.map(({id}) => id);
  return type.type === "array" ? hashers.map(() => type.value.id) : [key];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`“${text.trim()}” is no such key: it has parts, and takes them as JSON`);
  }
}
