import {equalBytes} from "#base";
import {
  encodingOf,
  type HashFunction,
  type Place,
  placeSlots,
  placesIn,
  recordOfNode,
  type StoredPart,
  TrieFault,
} from "#trie";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";
import {NO_STATE} from "./stored-nodes.ts";

/** Of bytes that stand in the same places, this part at least: more is not damage but another node, to which a damaged place led. */
const ALIKE = 1 / 2;

/**
 * What to write so that a damaged part of a state is whole again, given its bytes, which somebody else had. It is written where it
 * was, so that all states that share it, in memory too, have it back. Undefined where it is not sure that it was there, or where what
 * stands below it is: then the whole database has to be looked through (`check/repair-database.ts`). `last`: the last place given.
 */
export function mendedPart(
  store: Pick<KeyValueStore, "get">,
  hash: HashFunction,
  {kind, place, path, nibbles, hash: wanted}: StoredPart,
  bytes: Uint8Array,
  last: Place,
): Write | undefined {
  if (place === NO_STATE || place > last || !equalBytes(hash(bytes), wanted)) return undefined;
  const keyOf = kind === "value" ? keys.value : keys.node;
  const soundAt = (at: Place): boolean => {
    const row = store.get(keyOf(at));
    return row !== undefined && equalBytes(hash(kind === "value" ? row : encodingOf(row)), wanted);
  };
  // The place itself may be what is damaged, and lead to another account's value, which looks much the same.
  for (const other of placesNextTo(place, last)) if (soundAt(other)) return undefined;
  const key = keyOf(place);
  const stored = store.get(key);
  const isValue = kind === "value";
  if (!isDamagedCopy(stored && !isValue ? encodingOf(stored) : stored, bytes)) return undefined;
  if (isValue) return [key, bytes];
  try {
    const slots = placeSlots(bytes, path, nibbles);
    // If a place among them is damaged as well, what it leads to is not taken for what is looked for: that has another hash.
    const noted = stored === undefined ? [] : placesIn(stored);
    return noted.length === slots.length ? [key, recordOfNode(bytes, noted)] : undefined;
  } catch (error) {
    if (error instanceof TrieFault) return undefined;
    throw error;
  }
}

/** Places of which one byte is another one. */
function* placesNextTo(place: Place, last: Place): Generator<Place> {
  for (let unit = 1; unit <= last; unit *= 256) {
    const byte = Math.floor(place / unit) % 256;
    for (let other = 0; other < 256; other++) {
      const changed = place + (other - byte) * unit;
      if (other !== byte && changed > NO_STATE && changed <= last) yield changed;
    }
  }
}

function isDamagedCopy(stored: Uint8Array | undefined, sound: Uint8Array): boolean {
  if (stored === undefined) return true;
  if (stored.length !== sound.length) return false;
  let alike = 0;
  for (let i = 0; i < sound.length; i++) if (stored[i] === sound[i]) alike++;
  return alike >= ALIKE * sound.length;
}
