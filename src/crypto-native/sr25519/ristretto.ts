import type {Curve} from "./curve.ts";
import {canonicalLimbs, FIELD_PRIME, pairBytes} from "./kernels/pair-bytes.ts";
import {bitsOf, LIMBS, PAIR} from "./kernels/pair-layout.ts";
import {EDWARDS_D} from "./kernels/write-module.ts";

/** The one of the two roots of -1 that is not negative (RFC 9496 §4.1). */
const SQRT_M1 = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;

/** Length of an encoding. */
const BYTES = 32;

/** The address of a point for each of the two encodings. */
export type Places = readonly [number, number];

/** Decodes ristretto255 (RFC 9496 §4.3.1), two encodings in the time of one. */
export class RistrettoDecoder {
  readonly #curve: Curve;
  readonly #s: number;
  readonly #u1: number;
  readonly #u2: number;
  readonly #v: number;
  readonly #product: number;
  readonly #root: number;
  readonly #power: number;
  readonly #scratch: number;
  readonly #d: number;
  readonly #roots: number;
  readonly #chain: readonly [number, number];

  constructor(curve: Curve) {
    this.#curve = curve;
    const take = () => curve.takePair();
    [this.#s, this.#u1, this.#u2, this.#v] = [take(), take(), take(), take()];
    [this.#product, this.#root, this.#power, this.#scratch] = [take(), take(), take(), take()];
    [this.#d, this.#roots] = [take(), take()];
    this.#chain = [take(), take()];
    curve.bytes.set(pairBytes(EDWARDS_D, EDWARDS_D), this.#d);
    curve.bytes.set(pairBytes(1n, SQRT_M1), this.#roots);
  }

  /** Any number of encodings, each to the place of its own; false for those (32 bytes each) that are no points' canonical ones. */
  decodeEach(encodings: readonly Uint8Array[], places: readonly number[]): boolean[] {
    const holds: boolean[] = [];
    for (let i = 0; i < encodings.length; i += 2) {
      const other = Math.min(i + 1, encodings.length - 1);
      holds.push(...this.decode([encodings[i]!, encodings[other]!], [places[i]!, places[other]!]));
    }
    holds.length = encodings.length;
    return holds;
  }

  /** Writes the points whose encodings are canonical; false where the bytes (32 each) are none. */
  decode(encodings: readonly [Uint8Array, Uint8Array], places: Places): [boolean, boolean] {
    const curve = this.#curve;
    const {limbs, kernels} = curve;
    const [s, u1, u2, v] = [this.#s, this.#u1, this.#u2, this.#v];
    const [product, root, scratch] = [this.#product, this.#root, this.#scratch];
    for (const lane of [0, 1] as const) readElement(limbs, s / 4 + lane, encodings[lane]);

    kernels.square(scratch, s);
    for (let i = 0; i < 2 * LIMBS; i++) {
      const square = limbs[scratch / 4 + i]!;
      limbs[u1 / 4 + i] = -square;
      limbs[u2 / 4 + i] = square;
    }
    for (const at of [u1 / 4, u2 / 4]) {
      limbs[at]! += 1;
      limbs[at + 1]! += 1;
    }
    // v = -(d u1²) - u2²
    kernels.square(v, u1);
    kernels.multiply(v, v, this.#d);
    kernels.square(scratch, u2);
    for (let i = 0; i < 2 * LIMBS; i++)
      limbs[v / 4 + i] = -limbs[v / 4 + i]! - limbs[scratch / 4 + i]!;

    // The inverse root of w = v u2²; its sign falls out of what follows.
    kernels.multiply(product, v, scratch);
    const isSquare = this.#inverseRoot(root, product);

    // den_x = root u2, x = |2 s den_x|, y = u1 root den_x v
    kernels.multiply(u2, root, u2);
    kernels.multiply(product, s, u2);
    for (let i = 0; i < 2 * LIMBS; i++) limbs[product / 4 + i]! *= 2;
    kernels.multiply(u2, u2, v);
    kernels.multiply(u2, u2, root);
    const y = u2;
    kernels.multiply(y, y, u1);
    const x = product;
    for (const lane of [0, 1] as const) {
      if (curve.isNegative(curve.element(x, lane))) curve.negateElement(curve.element(x, lane));
    }
    kernels.multiply(scratch, x, y);
    const t = scratch;
    const holds: [boolean, boolean] = [false, false];
    for (const lane of [0, 1] as const) {
      const [atY, atT] = [curve.element(y, lane), curve.element(t, lane)];
      holds[lane] =
        isCanonicalEncoding(encodings[lane]) &&
        isSquare[lane] &&
        !curve.isNegative(atT) &&
        !curve.isZero(atY);
      if (!holds[lane]) continue;
      const place = places[lane];
      curve.copyElement(curve.element(place, 0), curve.element(x, lane));
      curve.copyElement(curve.element(place, 1), atY);
      curve.copyElement(curve.element(place + PAIR, 0), atT);
      curve.setElement(curve.element(place + PAIR, 1), 1);
    }
    return holds;
  }

  /** `out` = 1 / sqrt(w), of either sign, and whether w has a root: RFC 9496 §4.2, SQRT_RATIO_M1(1, w). */
  #inverseRoot(out: number, w: number): [boolean, boolean] {
    const curve = this.#curve;
    const {kernels} = curve;
    const [power, scratch] = [this.#power, this.#scratch];
    // w³ (w⁷)^((p - 5) / 8)
    kernels.square(out, w);
    kernels.multiply(out, out, w);
    kernels.square(power, out);
    kernels.multiply(power, power, w);
    this.#toPower(scratch, power);
    kernels.multiply(out, out, scratch);
    kernels.square(scratch, out);
    kernels.multiply(scratch, scratch, w);
    const correction = power;
    const isSquare: [boolean, boolean] = [false, false];
    for (const lane of [0, 1] as const) {
      const check = curve.canonical(curve.element(scratch, lane));
      const isMinusOne = equal(check, MINUS_ONE);
      isSquare[lane] = isMinusOne || equal(check, ONE);
      const needsRoot = isMinusOne || equal(check, MINUS_ROOT);
      curve.copyElement(
        curve.element(correction, lane),
        curve.element(this.#roots, needsRoot ? 1 : 0),
      );
    }
    kernels.multiply(out, out, correction);
    return isSquare;
  }

  /** `out` = a^((p - 5) / 8) = a^(2^252 - 3), by the chain of additions of `ref10`, pow22523. */
  #toPower(out: number, a: number): void {
    const {multiply, squareTimes, square} = this.#curve.kernels;
    const [t0, [t1, t2]] = [out, this.#chain];
    square(t0, a);
    squareTimes(t1, t0, 2);
    multiply(t1, a, t1);
    multiply(t0, t0, t1);
    square(t0, t0);
    multiply(t0, t1, t0);
    squareTimes(t1, t0, 5);
    multiply(t0, t1, t0);
    squareTimes(t1, t0, 10);
    multiply(t1, t1, t0);
    squareTimes(t2, t1, 20);
    multiply(t1, t2, t1);
    squareTimes(t1, t1, 10);
    multiply(t0, t1, t0);
    squareTimes(t1, t0, 50);
    multiply(t1, t1, t0);
    squareTimes(t2, t1, 100);
    multiply(t1, t2, t1);
    squareTimes(t1, t1, 50);
    multiply(t0, t1, t0);
    squareTimes(t0, t0, 2);
    multiply(out, t0, a);
  }
}

/** What w r² may be where r is a root or nearly one. */
const [ONE, MINUS_ONE, MINUS_ROOT] = [
  canonicalLimbs(1n),
  canonicalLimbs(-1n),
  canonicalLimbs(-SQRT_M1),
];

function equal(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < LIMBS; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The lowest byte of 2^255 - 19; all others but the highest (0x7f) are 0xff. */
const LOWEST_OF_PRIME = Number(FIELD_PRIME & 0xffn);

/** Below the prime and not negative, that is, even. */
function isCanonicalEncoding(bytes: Uint8Array): boolean {
  if ((bytes[0]! & 1) === 1 || bytes[BYTES - 1]! > 0x7f) return false;
  if (bytes[BYTES - 1]! < 0x7f || bytes[0]! < LOWEST_OF_PRIME) return true;
  return bytes.subarray(1, BYTES - 1).some(byte => byte !== 0xff);
}

const WORDS = BYTES / 4;

/** The low 255 bits of 32 bytes, little-endian. */
function readElement(limbs: Int32Array, at: number, bytes: Uint8Array): void {
  let [word, held, next, bit] = [0, 0, 0, 32];
  for (let i = 0; i < LIMBS; i++) {
    const bits = bitsOf(i);
    // `held` are the bits of `word` from `bit` on; a limb is shorter than a word, so it lies in two at most.
    held = bit < 32 ? word >>> bit : 0;
    const missing = bits - (32 - bit);
    if (missing > 0 && next < WORDS) {
      const from = 4 * next++;
      word =
        bytes[from]! |
        (bytes[from + 1]! << 8) |
        (bytes[from + 2]! << 16) |
        (bytes[from + 3]! << 24);
      held |= bit > 0 && bit < 32 ? word << (32 - bit) : word;
      bit -= 32;
    }
    bit += bits;
    limbs[at + 2 * i] = held & ((1 << bits) - 1);
  }
}
