import {equalBytes} from "#base";
import {
  encodingOf,
  type HashFunction,
  placeSlots,
  placesIn,
  recordOfNode,
  type StoredPart,
  TrieFault,
} from "#trie";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {keys} from "./keys.ts";

/** The place of what an early layout kept under its key and hash. */
const NO_PLACE = 0;

/** Of bytes that stand in the same places, this part at least: more is not damage but another node, to which a damaged place led. */
const ALIKE = 1 / 2;

/**
 * What to write so that a damaged part of a state is whole again, given its bytes, which somebody else had. It is written where it
 * was, so that all states that share it have it back. Undefined where it is not sure that it was there, or where
 * what stands below it is: then the whole database has to be looked through (`check/repair-database.ts`).
 */
export function mendedPart(
  store: Pick<KeyValueStore, "get">,
  hash: HashFunction,
  {kind, place, path, nibbles, hash: wanted}: StoredPart,
  bytes: Uint8Array,
): Write | undefined {
  if (!equalBytes(hash(bytes), wanted)) return undefined;
  if (kind === "value") {
    if (place === NO_PLACE) return undefined;
    const key = keys.value(place);
    return isDamagedCopy(store.get(key), bytes) ? [key, bytes] : undefined;
  }
  const key = keys.node(place);
  const stored = store.get(key);
  if (!isDamagedCopy(stored && encodingOf(stored), bytes)) return undefined;
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

function isDamagedCopy(stored: Uint8Array | undefined, sound: Uint8Array): boolean {
  if (stored === undefined) return true;
  if (stored.length !== sound.length) return false;
  let alike = 0;
  for (let i = 0; i < sound.length; i++) if (stored[i] === sound[i]) alike++;
  return alike >= ALIKE * sound.length;
}
