import {ed25519, ristretto255} from "@noble/curves/ed25519.js";
import type {Curve} from "../curve.ts";
import {FIELD_PRIME, pairBytes} from "../kernels/pair-bytes.ts";
import {LIMBS, PAIR} from "../kernels/pair-layout.ts";

export type EdwardsPoint = InstanceType<typeof ed25519.Point>;
export const {Point} = ed25519;

/** Some point of the curve, by a number. */
export const pointOf = (number: bigint): EdwardsPoint =>
  number === 0n ? Point.ZERO : Point.BASE.multiply(number);

export function elementAt(limbs: Int32Array, pair: number, lane: 0 | 1): bigint {
  let value = 0n;
  for (let i = 0; i < LIMBS; i++) {
    value += BigInt(limbs[pair / 4 + 2 * i + lane]!) << BigInt(Math.ceil(25.5 * i));
  }
  return ((value % FIELD_PRIME) + FIELD_PRIME) % FIELD_PRIME;
}

export function writePoint({bytes}: Curve, at: number, {X, Y, Z, T}: EdwardsPoint): void {
  bytes.set(pairBytes(X, Y), at);
  bytes.set(pairBytes(T, Z), at + PAIR);
}

/** The point there; throws if it is none of the curve. */
export function readPoint({limbs}: Curve, at: number): EdwardsPoint {
  const [x, y] = [elementAt(limbs, at, 0), elementAt(limbs, at, 1)];
  const [t, z] = [elementAt(limbs, at + PAIR, 0), elementAt(limbs, at + PAIR, 1)];
  const point = new Point(x, y, z, t);
  // To our library the neutral point is none that is valid; to its coordinates it compares.
  if (!point.is0()) point.assertValidity();
  return point;
}

/** Of a point of the curve that stands for an element of ristretto255. */
export const ristrettoOf = (point: EdwardsPoint): Uint8Array =>
  new ristretto255.Point(point).toBytes();
