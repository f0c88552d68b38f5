import type {BinaryString, Result} from "#base";
import {decode, Sink, type TypeInfo} from "#codec";
import type {Hashing} from "#crypto";
import {itemKey} from "#primitives";
import {hashedKey, type Pallet, type StorageEntry} from "../frame/index.ts";
import {attemptReading, type NamedMisfit, Place} from "./misfit.ts";
import {isSameName} from "./same-name.ts";
import {writeValue} from "./value-from-json.ts";

export type {NamedMisfit};

/** One thing to do to a state, in the order in which they are to be done. */
export type NamedChange =
  | {readonly kind: "set"; readonly key: BinaryString; readonly value: Uint8Array}
  | {readonly kind: "remove"; readonly key: BinaryString}
  /** All keys that begin so. */
  | {readonly kind: "remove-all"; readonly prefix: BinaryString};

/** Beside the items of a pallet: those whose values are all removed before anything is set. */
const REMOVE_PREFIX = "$removePrefix";

/**
 * Reads `{Pallet: {Item: value}}`, where the value of a map is `[[[key], value], …]` and `null` removes. Pallets and
 * items by their names in metadata, the first letter small or not.
 */
export function readNamedState(
  pallets: readonly Pallet[],
  json: unknown,
  hashing: Hashing,
): Result<readonly NamedChange[], NamedMisfit> {
  return attemptReading(() => {
    const root = new Place("");
    return entriesOf(json, root, `an object by pallet: ${namesOf(pallets)}`).flatMap(
      ([name, items]) => {
        const pallet = byName(pallets, name);
        const place = root.field(name);
        if (pallet === undefined) return place.expect(`the name of a pallet: ${namesOf(pallets)}`);
        return readPallet(pallet, items, place, hashing);
      },
    );
  });
}

function readPallet(
  {name: pallet, storage}: Pallet,
  json: unknown,
  place: Place,
  hashing: Hashing,
): NamedChange[] {
  const entryOf = (name: unknown, at: Place) =>
    byName(storage, name) ?? at.expect(`the name of an item of ${pallet}: ${namesOf(storage)}`);
  const cleared: NamedChange[] = [];
  const set: NamedChange[] = [];
  for (const [name, value] of entriesOf(json, place, `an object by item: ${namesOf(storage)}`)) {
    const at = place.field(name);
    if (name === REMOVE_PREFIX) {
      if (!Array.isArray(value)) return at.expect("a list of names of items");
      value.forEach((item: unknown, i) => {
        const entry = entryOf(item, at.item(i));
        cleared.push({kind: "remove-all", prefix: itemKey(hashing, pallet, entry.name)});
      });
      continue;
    }
    const entry = entryOf(name, at);
    set.push(...readItem(entry, itemKey(hashing, pallet, entry.name), value, at, hashing));
  }
  return [...cleared, ...set];
}

function readItem(
  {map, value: codec}: StorageEntry,
  prefix: BinaryString,
  json: unknown,
  place: Place,
  hashing: Hashing,
): NamedChange[] {
  const change = (key: BinaryString, value: unknown, at: Place): NamedChange =>
    value === null
      ? {kind: "remove", key}
      : {kind: "set", key, value: checked(codec, bytesOf(codec.info, value, at), at)};
  if (map === undefined) return [change(prefix, json, place)];
  if (!Array.isArray(json)) return place.expect("a list of [[key], value]");
  return json.map((pair: unknown, i) => {
    const at = place.item(i);
    const isPair = Array.isArray(pair) && pair.length === 2 && Array.isArray(pair[0]);
    if (!isPair || pair[0].length !== 1) return at.expect("[[key], value], or null to remove it");
    const key = checked(map.key, bytesOf(map.key.info, pair[0][0], at.item(0)), at.item(0));
    return change(prefix + hashedKey(hashing, map.hasher, key), pair[1], at.item(1));
  });
}

function bytesOf(type: TypeInfo, json: unknown, place: Place): Uint8Array {
  const sink = new Sink();
  writeValue(type, json, place, sink);
  return sink.takeCopy();
}

/** What a type does not publish, as the longest list it takes, its codec still knows. */
function checked(codec: StorageEntry["value"], bytes: Uint8Array, place: Place): Uint8Array {
  const decoded = decode(codec, bytes);
  return decoded.ok ? bytes : place.expect(`what the chain can read: ${decoded.error.message}`);
}

function entriesOf(json: unknown, place: Place, expected: string): [string, unknown][] {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? Object.entries(json)
    : place.expect(expected);
}

function byName<T extends {readonly name: string}>(
  all: readonly T[],
  name: unknown,
): T | undefined {
  return all.find(one => isSameName(one.name, name));
}

const namesOf = (all: readonly {readonly name: string}[]) => all.map(({name}) => name).join(", ");
