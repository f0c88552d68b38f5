import type {FreshNodes, Placing} from "./collect.ts";
import {NO_PLACE, type Place} from "./places.ts";
import type {NodeSource} from "./source.ts";

export interface MemorySource extends NodeSource {
  readonly placing: Placing;
  add(fresh: FreshNodes): void;
}

/** A source that keeps nodes by place, as a database does. */
export function memorySource(): MemorySource {
  const nodes = new Map<Place, Uint8Array>();
  const values = new Map<Place, Uint8Array>();
  let lastPlace = 2 ** 32 - 5;
  return {
    node: place => nodes.get(place),
    value: (_key, _hash, place) => values.get(place),
    placing: {next: () => ++lastPlace, child: () => NO_PLACE},
    add(fresh) {
      for (const {place, record} of fresh.nodes) nodes.set(place, record);
      for (const {place, bytes} of fresh.values) values.set(place, bytes);
    },
  };
}
