import type {IntegerName} from "../values/integers.ts";
import type {Place} from "./misfit.ts";

export type {IntegerName};

const DIGITS = /^-?[0-9]{1,78}$/;
const HEX = /^0x[0-9a-fA-F]{1,64}$/;

/** Its value; as a text where JavaScript's numbers are too coarse. */
export function integerFromJson(name: IntegerName, json: unknown, place: Place): bigint {
  const value = exactly(json);
  const {low, high} = boundsOf(name);
  if (value === undefined || value < low || value > high) {
    const form = "as a number up to 2^53 - 1, or as text, decimal or 0x-prefixed hex";
    return place.expect(`a whole number from ${low} to ${high}, ${form}`);
  }
  return value;
}

function exactly(json: unknown): bigint | undefined {
  if (typeof json === "number") return Number.isSafeInteger(json) ? BigInt(json) : undefined;
  if (typeof json !== "string") return undefined;
  return DIGITS.test(json) || HEX.test(json) ? BigInt(json) : undefined;
}

function boundsOf(name: IntegerName): {low: bigint; high: bigint} {
  const bits = BigInt(widthOf(name) * 8);
  const half = 1n << (bits - 1n);
  return name.startsWith("i") ? {low: -half, high: half - 1n} : {low: 0n, high: (1n << bits) - 1n};
}

/** Bytes. */
export function widthOf(name: IntegerName): number {
  return Number(name.slice(1)) / 8;
}
