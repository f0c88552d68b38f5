/** How a chain writes amounts. */
export interface AmountUnit {
  /** Stands behind the number. */
  readonly symbol: string;
  /** Digits of the smallest unit behind the point. */
  readonly decimals: number;
}

/** What a chain that names no token has its amounts told and read in. */
export const SMALLEST_UNIT: AmountUnit = {symbol: "of the smallest unit", decimals: 0};

/**
 * By the properties of the chain spec, as the command line reads them. Of several tokens, which properties list, the
 * first is the one that fees are paid in.
 */
export function unitOf({
  tokenSymbol,
  tokenDecimals,
}: Readonly<Record<string, unknown>>): AmountUnit {
  const [symbol] = [tokenSymbol].flat();
  const [decimals] = [tokenDecimals].flat();
  const isToken = typeof symbol === "string" && symbol !== "";
  return isToken && Number.isSafeInteger(decimals) && (decimals as number) >= 0
    ? {symbol, decimals: decimals as number}
    : SMALLEST_UNIT;
}

/** In a sentence, as in "a bond in PHA". */
export const unitName = (unit: AmountUnit): string =>
  unit === SMALLEST_UNIT ? "the smallest unit" : unit.symbol;

const SHOWN_DECIMALS = 4;

/** `12,345.6789 PHA`, in the reader's own way of writing numbers. */
export function writeAmount(value: bigint, {symbol, decimals}: AmountUnit): string {
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
  return `${value < 0n ? "−" : ""}${text} ${symbol}`;
}

/** What a person typed, in the chain's unit, to the smallest one; undefined where it is no amount. */
export function readAmount(text: string, {decimals}: AmountUnit): bigint | undefined {
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || fraction.length > decimals) return undefined;
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}
