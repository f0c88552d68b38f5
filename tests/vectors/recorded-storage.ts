import {bytesToBinary, type Hex, hex} from "#base";
import type {CollatorChain} from "#runtime";
import {memoryState, type StateView} from "#state";
import type {RecordedBlock, Vector} from "./vector.ts";

/** What the recorded runtime held, moved on block by block. */
export class RecordedStorage {
  readonly #items: Map<Hex, Hex>;

  constructor({genesis}: Vector) {
    const all = Object.values(genesis.storage);
    this.#items = new Map(all.flatMap(items => Object.entries(items) as [Hex, Hex][]));
  }

  get items(): ReadonlyMap<Hex, Hex> {
    return this.#items;
  }

  apply({diff}: RecordedBlock): void {
    for (const changes of Object.values(diff ?? {})) {
      for (const [key, value] of Object.entries(changes) as [Hex, Hex | null][]) {
        if (value === null) this.#items.delete(key);
        else this.#items.set(key, value);
      }
    }
  }

  /** The same as a state of ours. */
  view({config, composition}: CollatorChain): StateView {
    const entries = [...this.#items].map(
      ([key, value]) => [bytesToBinary(hex(key)), hex(value)] as const,
    );
    const version = composition.version.stateVersion === 1 ? 1 : 0;
    return memoryState(entries, config.blockHash, version);
  }
}
