import {type BinaryString, bytesToBinary, hexToBytes} from "#base";
import {TrieFault} from "#trie";
import type {BlockRecord} from "./block-record.ts";
import {CheckedRows} from "./checked-rows.ts";
import type {KeyValueStore} from "./key-value-store.ts";
import {describeKey} from "./keys.ts";
import type {Pruning} from "./pruning.ts";
import type {StateStore} from "./state-store.ts";

/** Beyond all keys below a node. */
const BEYOND = "\xff".repeat(64);

export interface ScrubStep {
  /** What is damaged, in words. */
  readonly damages: readonly string[];
  /** Whether with it all was looked at that is looked at. */
  readonly isRoundOver: boolean;
}

/**
 * Looks at what is stored though nobody asks for it, a little at a time and round after round: all rows with checksums, then all
 * entries of the newest final state with the nodes on the way to them. States of before are left to `checkDatabase`: to hold on to
 * one for as long as a round takes would keep it from being pruned.
 */
export class Scrub {
  readonly #store: KeyValueStore;
  readonly #states: StateStore;
  readonly #pruning: Pick<Pruning, "hasState">;
  readonly #newest: () => BlockRecord;
  #row: BinaryString | undefined = "";
  #key: BinaryString = "";

  /** `newest`: the last final block. */
  constructor(
    store: KeyValueStore,
    states: StateStore,
    pruning: Pick<Pruning, "hasState">,
    newest: () => BlockRecord,
  ) {
    this.#store = store;
    this.#states = states;
    this.#pruning = pruning;
    this.#newest = newest;
  }

  /** Looks at so many rows, or entries of the state. */
  step(most: number): ScrubStep {
    return this.#row === undefined ? this.#entries(most) : this.#rows(this.#row, most);
  }

  #rows(from: BinaryString, most: number): ScrubStep {
    const store = this.#store;
    if (!(store instanceof CheckedRows)) {
      this.#row = undefined;
      return {damages: [], isRoundOver: false};
    }
    const {damaged, next} = store.look(from, most);
    this.#row = next;
    this.#key = "";
    const damages = damaged.map(key => `${describeKey(key)} does not fit its checksum`);
    return {damages, isRoundOver: false};
  }

  #entries(most: number): ScrubStep {
    const damages: string[] = [];
    const block = this.#newest();
    if (!this.#pruning.hasState(block)) return this.#over(damages);
    // Nothing of it is in memory: what is looked at is what is on the disk.
    const state = this.#states.unread({root: block.stateRoot, place: block.statePlace});
    for (let i = 0; i < most; i++) {
      try {
        const key = state.nextKey(this.#key);
        if (key === undefined) return this.#over(damages);
        this.#key = key;
        state.get(key);
      } catch (error) {
        if (!(error instanceof TrieFault)) throw error;
        damages.push(`of the state of block ${block.number}: ${error.message}`);
        const past = bytesToBinary(hexToBytes(error.path)!) + BEYOND;
        if (past <= this.#key) return this.#over(damages);
        this.#key = past;
      }
    }
    return {damages, isRoundOver: false};
  }

  #over(damages: readonly string[]): ScrubStep {
    this.#row = "";
    this.#key = "";
    return {damages, isRoundOver: true};
  }
}
