import assert from "node:assert/strict";
import {binaryToHex, bytesToBinary, bytesToHex, type Hex, hex} from "#base";
import type {Overlay, StateView} from "#state";
import type {RecordedDiff} from "./vector.ts";

/** Where in a block a state was recorded. */
export interface Moment {
  readonly block: number;
  /** Bytes of the extrinsics so far that are not ours. */
  readonly foreignBytes: number;
  /** How many they are. */
  readonly foreignExtrinsics: number;
}

/** Items that the recorded runtime holds in the middle of a block and ours does not, or not alike. */
export interface DifferencesBetween {
  readonly isCompared: (key: Hex) => boolean;
  /** What we must hold where another value is recorded. */
  readonly expected: (key: Hex, recorded: Hex, moment: Moment) => Hex;
}

/**
 * The state as it grows within one block: after each phase, every key that either side has written since the block
 * began must hold the same on both, or still be as the parent had it.
 */
export class BetweenPhases {
  readonly #differences: DifferencesBetween;
  readonly #parent: StateView;
  readonly #recorded = new Map<Hex, Hex | null>();

  constructor(differences: DifferencesBetween, parent: StateView) {
    this.#differences = differences;
    this.#parent = parent;
  }

  compare(overlay: Overlay, diff: RecordedDiff, moment: Moment, where: string): void {
    for (const [key, value] of Object.entries(diff) as [Hex, Hex | null][]) {
      this.#recorded.set(key, value);
    }
    const {isCompared, expected} = this.#differences;
    const written = overlay.changes().map(([key]) => binaryToHex(key));
    for (const key of new Set([...this.#recorded.keys(), ...written])) {
      // Keys shorter than a pallet's and an item's hash belong to no pallet and were not recorded.
      if (key.length < 66 || !isCompared(key)) continue;
      const binary = bytesToBinary(hex(key));
      const recorded = this.#recorded.get(key);
      const wanted =
        recorded === undefined
          ? hexOf(this.#parent.get(binary))
          : recorded === null
            ? undefined
            : expected(key, recorded, moment);
      assert.equal(hexOf(overlay.get(binary)), wanted, `${where}: ${key}`);
    }
  }
}

function hexOf(value: Uint8Array | undefined): Hex | undefined {
  return value === undefined ? undefined : bytesToHex(value);
}
