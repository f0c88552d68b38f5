import {type BinaryString, bytesToBinary} from "#base";
import type {FreshNodes} from "./collect.ts";
import type {Place} from "./places.ts";
import type {NodeSource} from "./source.ts";

export interface MemorySource extends NodeSource {
  nextPlace(): Place;
  add(fresh: FreshNodes): void;
}

/** A source that keeps nodes by place, as a database does. */
export function memorySource(): MemorySource {
  const nodes = new Map<Place, Uint8Array>();
  const values = new Map<BinaryString, Uint8Array>();
  const valueKey = (key: BinaryString, hash: Uint8Array) => key + bytesToBinary(hash);
  let lastPlace = 2 ** 32 - 5;
  return {
    node: place => nodes.get(place),
    value: (key, hash) => values.get(valueKey(key, hash)),
    nextPlace: () => ++lastPlace,
    add(fresh) {
      for (const {place, record} of fresh.nodes) nodes.set(place, record);
      for (const {key, hash, bytes} of fresh.values) values.set(valueKey(key, hash), bytes);
    },
  };
}
