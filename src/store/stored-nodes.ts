import type {BinaryString} from "#base";
import type {NodeSource, Place} from "#trie";
import {keys} from "./keys.ts";

/** The place of a block that came without its state. Places of nodes begin at 1. */
export const NO_STATE: Place = 0;

/** Nodes and values of states by their places, as they stand in a store; values of layout 1 have none, and go by key and hash. */
export const storedNodes = (reader: {
  get(key: BinaryString): Uint8Array | undefined;
}): Pick<NodeSource, "node" | "value"> => ({
  node: place => reader.get(keys.node(place)),
  value: (key, hash, place) =>
    reader.get(place === NO_STATE ? keys.valueByHash(key, hash) : keys.value(place)),
});
