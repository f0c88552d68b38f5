import type {Kernels} from "./kernels/load-kernels.ts";
import {bitsOf, FOLD, LIMBS, PAIR, POINT} from "./kernels/pair-layout.ts";
import {FREE_PAIRS, FREE_POINTS} from "./kernels/write-module.ts";

/** Numbers of 32 bits from a limb to the next one of the same element. */
const STRIDE = 2;

/**
 * The kernels and their memory, whose size never changes: pairs of elements that are variables, points, and what takes
 * too little time to be a kernel. Elements are named by the place of their first limb in `limbs`.
 */
export class Curve {
  readonly kernels: Kernels;
  readonly limbs: Int32Array;
  readonly bytes: Uint8Array;
  readonly #pairs: number;
  readonly #points: number;
  #takenPairs = 0;
  #takenPoints = 0;
  /** The result of `canonical`. */
  readonly #canonical = new Int32Array(LIMBS);

  constructor(kernels: Kernels) {
    this.kernels = kernels;
    this.limbs = new Int32Array(kernels.memory.buffer);
    this.bytes = new Uint8Array(kernels.memory.buffer);
    this.#pairs = kernels.pairs();
    this.#points = kernels.points();
  }

  /** The address of a pair that nobody else is given. */
  takePair(): number {
    if (this.#takenPairs >= FREE_PAIRS) throw new RangeError("no pair is left");
    return this.#pairs + PAIR * this.#takenPairs++;
  }

  /** The address of so many points beside each other that nobody else is given. */
  takePoints(count: number): number {
    if (this.#takenPoints + count > FREE_POINTS) throw new RangeError("no point is left");
    this.#takenPoints += count;
    return this.#points + POINT * (this.#takenPoints - count);
  }

  /** Where the first limb of an element of a pair is. */
  element(pair: number, lane: 0 | 1): number {
    return pair / 4 + lane;
  }

  copyElement(to: number, from: number): void {
    const {limbs} = this;
    for (let i = 0; i < STRIDE * LIMBS; i += STRIDE) limbs[to + i] = limbs[from + i]!;
  }

  negateElement(at: number): void {
    const {limbs} = this;
    for (let i = 0; i < STRIDE * LIMBS; i += STRIDE) limbs[at + i] = -limbs[at + i]!;
  }

  setElement(at: number, small: number): void {
    const {limbs} = this;
    limbs[at] = small;
    for (let i = STRIDE; i < STRIDE * LIMBS; i += STRIDE) limbs[at + i] = 0;
  }

  /** The limbs of the element, which is a product or a sum of two, below the prime. Overwritten by the next call. */
  canonical(at: number): Int32Array {
    const {limbs} = this;
    const out = this.#canonical;
    // How often the prime is contained (`ref10`, fe_tobytes): -1, 0 or 1.
    let quotient = (FOLD * limbs[at + STRIDE * (LIMBS - 1)]! + (1 << 24)) >> 25;
    for (let i = 0; i < LIMBS; i++) quotient = (limbs[at + STRIDE * i]! + quotient) >> bitsOf(i);
    let carried = FOLD * quotient;
    for (let i = 0; i < LIMBS; i++) {
      const limb = limbs[at + STRIDE * i]! + carried;
      const bits = bitsOf(i);
      carried = limb >> bits;
      out[i] = limb - (carried << bits);
    }
    return out;
  }

  isZero(at: number): boolean {
    const limbs = this.canonical(at);
    let bits = 0;
    for (let i = 0; i < LIMBS; i++) bits |= limbs[i]!;
    return bits === 0;
  }

  /** RFC 9496 §3.1: odd numbers are the negative ones. */
  isNegative(at: number): boolean {
    return (this.canonical(at)[0]! & 1) === 1;
  }

  setNeutral(point: number): void {
    for (const pair of [point, point + PAIR]) {
      this.setElement(this.element(pair, 0), 0);
      this.setElement(this.element(pair, 1), 1);
    }
  }

  /**
   * Whether the point stands for the neutral element of ristretto255 (RFC 9496 §4.3.3, with Z's share gone). Memory that nobody wrote a
   * point to is all zeros, which would swallow whatever it is added to: no point has a Z of zero.
   */
  isNeutral(point: number): boolean {
    if (this.isZero(this.element(point + PAIR, 1))) return false;
    return this.isZero(this.element(point, 0)) || this.isZero(this.element(point, 1));
  }
}
