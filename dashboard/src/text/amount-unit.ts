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

/** `12,345.6789 PHA`, to be looked at: further digits are left out. */
export function writeAmount(value: bigint, unit: AmountUnit): string {
  const {sign, whole, fraction} = digitsOf(value, unit);
  const shown = fraction.slice(0, SHOWN_DECIMALS).replace(/0+$/, "");
  const isTiny = whole === "0" && shown === "" && fraction !== "";
  return isTiny
    ? `${sign}< 0.${"0".repeat(SHOWN_DECIMALS - 1)}1 ${unit.symbol}`
    : `${sign}${whole}${shown && `.${shown}`} ${unit.symbol}`;
}

/** With all its digits, wherever somebody agrees to it or has to reach it. */
export function writeExactAmount(value: bigint, unit: AmountUnit): string {
  const {sign, whole, fraction} = digitsOf(value, unit);
  return `${sign}${whole}${fraction && `.${fraction}`} ${unit.symbol}`;
}

/**
 * Written alike in all languages, and as amounts are read: where a point parts thousands, the one before the fraction could
 * not be told from it.
 */
const GROUPED = new Intl.NumberFormat("en-US");

function digitsOf(value: bigint, {decimals}: AmountUnit) {
  const one = 10n ** BigInt(decimals);
  const magnitude = value < 0n ? -value : value;
  const fraction = (magnitude % one).toString().padStart(decimals, "0").replace(/0+$/, "");
  return {sign: value < 0n ? "−" : "", whole: GROUPED.format(magnitude / one), fraction};
}

/** Commas part thousands, as they are written, and nothing else. */
const AMOUNT = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/;

/** What a person typed, in the chain's unit, to the smallest one; undefined where it is no amount. */
export function readAmount(text: string, {decimals}: AmountUnit): bigint | undefined {
  const [, whole, fraction = ""] = AMOUNT.exec(text.trim()) ?? [];
  if (whole === undefined || fraction.length > decimals) return undefined;
  return BigInt(whole.replaceAll(",", "") + fraction.padEnd(decimals, "0"));
}
