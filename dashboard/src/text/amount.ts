import {chain} from "../state/chain.ts";

const SHOWN_DECIMALS = 4;

/** `12,345.6789 PHA`, in the reader's own way of writing numbers. */
export function amountText(planck: string | bigint, {unit = true} = {}): string {
  const {decimals, symbol} = chain.value ?? {decimals: 12, symbol: ""};
  const value = BigInt(planck);
  const one = 10n ** BigInt(decimals);
  const magnitude = value < 0n ? -value : value;
  const fraction = (magnitude % one)
    .toString()
    .padStart(decimals, "0")
    .slice(0, SHOWN_DECIMALS)
    .replace(/0+$/, "");
  const whole = (magnitude / one).toLocaleString();
  const isTiny = magnitude > 0n && whole === "0" && fraction === "";
  const text = isTiny
    ? `< 0.${"0".repeat(SHOWN_DECIMALS - 1)}1`
    : `${whole}${fraction && `.${fraction}`}`;
  return `${value < 0n ? "−" : ""}${text}${unit && symbol !== "" ? ` ${symbol}` : ""}`;
}

/** For charts, where the last digits do not show. */
export function amountNumber(planck: string): number {
  return Number(planck) / 10 ** (chain.value?.decimals ?? 12);
}

/** What a person typed, in the token's unit, to the smallest unit; undefined where it is no amount. */
export function parseAmount(text: string): bigint | undefined {
  const decimals = chain.peek()?.decimals ?? 12;
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || fraction.length > decimals) return undefined;
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}
