import {planckOf} from "#rehearsal";
import type {AmountUnit} from "./chain-at-hand.ts";

export type {AmountUnit};

const SHOWN_DECIMALS = 6;

/** `16.0125 PHA`, cut off after six decimals. */
export const amountText = (planck: bigint, unit: AmountUnit): string =>
  written(planck / stepOf(unit), SHOWN_DECIMALS, unit);

/** The same rounded up, so that what is said to be needed is enough. */
export const neededText = (planck: bigint, unit: AmountUnit): string =>
  written((planck + stepOf(unit) - 1n) / stepOf(unit), SHOWN_DECIMALS, unit);

/** To the last digit. */
export const exactText = (planck: bigint, unit: AmountUnit): string =>
  written(planck, unit.decimals, unit);

/** The smallest units of an amount in whole ones, such as `1000` or `0.5`; undefined for what is none of the unit. */
export function amountOfText(text: string, {decimals}: AmountUnit): bigint | undefined {
  return planckOf(text, decimals);
}

const stepOf = ({decimals}: AmountUnit): bigint =>
  10n ** BigInt(Math.max(0, decimals - SHOWN_DECIMALS));

function written(steps: bigint, digits: number, {symbol, decimals}: AmountUnit): string {
  const shown = Math.min(decimals, digits);
  const unit = 10n ** BigInt(shown);
  const fraction = String(steps % unit)
    .padStart(shown, "0")
    .replace(/0+$/, "");
  const whole = String(steps / unit).replace(/\B(?=(\d{3})+$)/g, ",");
  const point = shown === 0 || fraction === "" ? "" : `.${fraction}`;
  return `${whole}${point} ${symbol}`;
}
