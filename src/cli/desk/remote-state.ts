import {type BinaryString, binaryToHex, hex} from "#base";
import {StateReader} from "#description";
import type {Ask} from "../rpc-client.ts";
import type {ChainRuntime} from "./chain-runtime.ts";

/** Times that a reading may find that it needs more: each is a question to the node. */
const MOST_ROUNDS = 32;

/**
 * Runs a reading over the state of a block of a node. What it asks for and is not at hand reads as if nothing were
 * stored; all of that is then fetched at once and the reading run anew, until nothing is missing. It reads values by
 * their keys only: no maps from end to end.
 */
export async function readRemotely<T>(
  ask: Ask,
  {description, hashing}: Pick<ChainRuntime, "description" | "hashing">,
  at: string,
  read: (reader: StateReader) => T,
): Promise<T> {
  const known = new Map<BinaryString, Uint8Array | undefined>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const missing = new Set<BinaryString>();
    const get = (key: BinaryString) => {
      if (!known.has(key)) missing.add(key);
      return known.get(key);
    };
    const state = {get, has: (key: BinaryString) => get(key) !== undefined, nextKey: noOrder};
    const value = read(new StateReader(description, state, hashing));
    if (missing.size === 0) return value;
    const keys = [...missing];
    const [answer] = (await ask("state_queryStorageAt", keys.map(binaryToHex), at)) as {
      changes: readonly (readonly [string, string | null])[];
    }[];
    const found = new Map(answer?.changes);
    for (const key of keys) {
      const value = found.get(binaryToHex(key));
      known.set(key, value === undefined || value === null ? undefined : hex(value));
    }
  }
  throw new Error(`a reading of a state wanted more after ${MOST_ROUNDS} answers`);
}

function noOrder(): never {
  throw new Error("a state elsewhere is read by its keys, not in their order");
}
