import {bytesToHex} from "./bytes.ts";

interface Variant {
  readonly type: string;
  readonly value?: unknown;
}

const isVariant = (value: unknown): value is Variant =>
  typeof value === "object" && value !== null && "type" in value && Object.keys(value).length <= 2;

/** A decoded value as plain JSON: bytes in hex, large numbers as digits, a variant as its name over what it holds. */
export function plain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return bytesToHex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (isVariant(value) && typeof value.type === "string") {
    return value.value === undefined ? value.type : {[value.type]: plain(value.value)};
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  }
  return value;
}

export const valueText = (value: unknown): string =>
  JSON.stringify(plain(value), undefined, 2) ?? "none";

/** The same on one line, as arguments are written: `dest: 43qs…, value: 10`. */
export function lineText(value: unknown): string {
  const shown = plain(value);
  if (shown === undefined || shown === null) return "";
  if (typeof shown !== "object") return String(shown);
  const entries = Array.isArray(shown)
    ? shown.map(each => wordOf(each))
    : Object.entries(shown).map(([name, each]) => `${name}: ${wordOf(each)}`);
  return entries.join(", ");
}

const LONGEST = 64;

function wordOf(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "none");
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
