import {type BinaryString, invariant, LruCache} from "#base";
import type {Curve} from "./curve.ts";
import {POINT} from "./kernels/pair-layout.ts";

/** Numbers of 32 bits of a point. */
const NUMBERS = POINT / 4;

/**
 * Points of public keys that were decoded before: on a chain, who signs has mostly signed before, and decoding a key is a sixth
 * of what a signature of a batch takes. Strangers can push others out, which costs these the time that they would have taken
 * without.
 */
export class DecodedKeys {
  readonly #curve: Curve;
  /** Where in `#limbs` the point of an encoding is. */
  readonly #places: LruCache<BinaryString, number>;
  readonly #limbs: Int32Array;
  /** The place of nobody, for the next one. */
  #spare = 0;

  constructor(curve: Curve, capacity: number) {
    this.#curve = curve;
    this.#places = new LruCache(capacity);
    this.#limbs = new Int32Array(NUMBERS * (capacity + 1));
  }

  get size(): number {
    return this.#places.size;
  }

  /** Writes the point of an encoding to an address; false, and nothing is written, where it is not known. */
  read(encoding: BinaryString, to: number): boolean {
    const place = this.#places.get(encoding);
    if (place === undefined) return false;
    this.#curve.limbs.set(this.#limbs.subarray(place, place + NUMBERS), to / 4);
    return true;
  }

  /** Keeps the point at an address as that of an encoding which is not known. */
  keep(encoding: BinaryString, from: number): void {
    invariant(!this.#places.has(encoding), "a key is kept twice");
    this.#limbs.set(this.#curve.limbs.subarray(from / 4, from / 4 + NUMBERS), this.#spare);
    const freed = this.#places.set(encoding, this.#spare);
    this.#spare = freed ?? NUMBERS * this.#places.size;
  }
}
