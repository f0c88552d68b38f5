import type {LookupEntry} from "@polkadot-api/metadata-builders";

type CaseEntry = Extract<LookupEntry, {type: "enum"}>["value"][string];

/** What a number of this type may be, inclusive; undefined of a type that is no number. */
export function rangeOf(name: string): {readonly least: bigint; readonly most: bigint} | undefined {
  const [, kind, width] = /^([iu])(8|16|32|64|128|256)$/.exec(name) ?? [];
  if (width === undefined) return undefined;
  const bits = BigInt(width);
  if (kind === "u") return {least: 0n, most: 2n ** bits - 1n};
  const half = 2n ** (bits - 1n);
  return {least: -half, most: half - 1n};
}

/**
 * Throws where a number within a value is none of its type's: the codecs would write what is left of it when its highest
 * bits are cut off. What else is wrong they say themselves.
 */
export function refuseOutOfRange(entry: LookupEntry | CaseEntry, value: unknown): void {
  switch (entry.type) {
    case "primitive":
      refuseNumber(entry.value, value);
      return;
    case "compact":
      refuseNumber(entry.size, value);
      return;
    case "lookupEntry":
      refuseOutOfRange(entry.value, value);
      return;
    case "sequence":
    case "array":
      if (!Array.isArray(value)) return;
      for (const each of value) refuseOutOfRange(entry.value, each);
      return;
    case "tuple":
      if (!Array.isArray(value)) return;
      for (const [i, each] of entry.value.entries()) refuseOutOfRange(each, value[i]);
      return;
    case "struct":
      if (!isRecord(value)) return;
      for (const [name, each] of Object.entries(entry.value)) refuseOutOfRange(each, value[name]);
      return;
    case "option":
      if (value !== undefined) refuseOutOfRange(entry.value, value);
      return;
    case "result":
      if (!isRecord(value)) return;
      refuseOutOfRange(value.success ? entry.value.ok : entry.value.ko, value.value);
      return;
    case "enum": {
      const inner = isRecord(value) ? entry.value[String(value.type)] : undefined;
      if (inner !== undefined && isRecord(value)) refuseOutOfRange(inner, value.value);
    }
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function refuseNumber(name: string, value: unknown): void {
  const range = rangeOf(name);
  if (range === undefined || (typeof value !== "bigint" && typeof value !== "number")) return;
  const isWhole = typeof value === "bigint" || Number.isInteger(value);
  if (isWhole && value >= range.least && value <= range.most) return;
  throw new Error(
    `${value} does not fit: it takes a whole number from ${range.least} to ${range.most}`,
  );
}
