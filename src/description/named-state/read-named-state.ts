import type {BinaryString, Result} from "#base";
import {Sink, type TypeInfo} from "#codec";
import type {Hashing} from "#crypto";
import {itemKey} from "#primitives";
import type {ChainDescription, PalletDescription, StorageItem} from "../chain-description.ts";
import {byName} from "../names.ts";
import {hashedKey} from "../state/storage-hash.ts";
import {attemptReading, type NamedMisfit, Place} from "./misfit.ts";
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
 * Reads `{Pallet: {Item: value}}`, where the value of a map is `[[[key], value], …]`, with as many keys as the map has,
 * and `null` removes. Pallets and items by their names in metadata, the first letter small or not.
 */
export function readNamedState(
  {pallets}: Pick<ChainDescription, "pallets">,
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
  {name: pallet, storage}: PalletDescription,
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
        cleared.push({kind: "remove-all", prefix: prefixOf(entry, hashing)});
      });
      continue;
    }
    set.push(...readItem(entryOf(name, at), value, at, hashing));
  }
  return [...cleared, ...set];
}

const prefixOf = ({prefix, name}: StorageItem, hashing: Hashing): BinaryString =>
  itemKey(hashing, prefix, name);

function readItem(item: StorageItem, json: unknown, place: Place, hashing: Hashing): NamedChange[] {
  const prefix = prefixOf(item, hashing);
  const change = (key: BinaryString, value: unknown, at: Place): NamedChange =>
    value === null
      ? {kind: "remove", key}
      : {kind: "set", key, value: bytesOf(item.value, value, at)};
  const count = item.keys.length;
  if (count === 0) return [change(prefix, json, place)];
  const keysShape = count === 1 ? "key" : item.keys.map((_, i) => `key ${i + 1}`).join(", ");
  if (!Array.isArray(json)) return place.expect(`a list of [[${keysShape}], value]`);
  return json.map((pair: unknown, i) => {
    const at = place.item(i);
    const isPair = Array.isArray(pair) && pair.length === 2 && Array.isArray(pair[0]);
    if (!isPair || pair[0].length !== count) {
      return at.expect(`[[${keysShape}], value], or null to remove it`);
    }
    const keys = item.keys.map((type, k) => {
      const keyPlace = count === 1 ? at.item(0) : at.item(0).item(k);
      const key = bytesOf(type, pair[0][k], keyPlace);
      return hashedKey(hashing, item.hashers[k]!, key);
    });
    return change(prefix + keys.join(""), pair[1], at.item(1));
  });
}

function bytesOf(type: TypeInfo, json: unknown, place: Place): Uint8Array {
  const sink = new Sink();
  writeValue(type, json, place, sink);
  return sink.takeCopy();
}

function entriesOf(json: unknown, place: Place, expected: string): [string, unknown][] {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? Object.entries(json)
    : place.expect(expected);
}

const namesOf = (all: readonly {readonly name: string}[]) => all.map(({name}) => name).join(", ");
