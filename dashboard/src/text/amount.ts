import {chain} from "../state/chain.ts";
import {writeAmount, writeExactAmount} from "./amount-unit.ts";
import {UNKNOWN} from "./known.ts";

/** An amount in the chain's unit; unknown until it is known which unit that is. */
export function amountText(smallest: string | bigint): string {
  const unit = chain.value?.unit;
  return unit === undefined ? UNKNOWN : writeAmount(BigInt(smallest), unit);
}

/** With all its digits. */
export function exactAmountText(smallest: string | bigint): string {
  const unit = chain.value?.unit;
  return unit === undefined ? UNKNOWN : writeExactAmount(BigInt(smallest), unit);
}

/** For charts, where the last digits do not show; null until the chain's unit is known. */
export function amountNumber(smallest: string): number | null {
  const unit = chain.value?.unit;
  return unit === undefined ? null : Number(smallest) / 10 ** unit.decimals;
}
