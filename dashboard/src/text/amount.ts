import {chain} from "../state/chain.ts";
import {readAmount, SMALLEST_UNIT, writeAmount} from "./amount-unit.ts";
import {UNKNOWN} from "./known.ts";

/** An amount in the chain's unit; unknown until it is known which unit that is. */
export function amountText(smallest: string | bigint): string {
  const unit = chain.value?.unit;
  return unit === undefined ? UNKNOWN : writeAmount(BigInt(smallest), unit);
}

/** For charts, where the last digits do not show; null until the chain's unit is known. */
export function amountNumber(smallest: string): number | null {
  const unit = chain.value?.unit;
  return unit === undefined ? null : Number(smallest) / 10 ** unit.decimals;
}

/** What a person typed, in the chain's unit, to the smallest one; undefined where it is no amount. */
export function parseAmount(text: string): bigint | undefined {
  const unit = chain.peek()?.unit;
  return unit && readAmount(text, unit);
}

/** What `parseAmount` asks for. */
export const amountExample = (): string =>
  chain.value?.unit === SMALLEST_UNIT ? "a whole number" : "an amount, such as 16.5";
