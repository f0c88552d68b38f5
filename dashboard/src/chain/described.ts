import type {LookupEntry} from "@polkadot-api/metadata-builders";
import {bytesToHex} from "./bytes.ts";
import {dispatchErrorText} from "./dispatch-error.ts";
import {
  caseFields,
  definitionOf,
  type Field,
  fieldsOf,
  isAmount,
  type TypedRuntime,
} from "./type-fields.ts";
import {lineText} from "./value-text.ts";

/** A piece of what is told of a value: words, or what a reader knows by another form than the chain's. */
export type Part = string | {readonly account: string} | {readonly amount: bigint};

/** What a call or an event says: its fields by name, accounts and amounts told apart from other words. */
export function describeFields(
  runtime: TypedRuntime,
  of: "calls" | "events",
  {pallet, name, value}: {pallet: string; name: string; value: unknown},
): readonly Part[] {
  try {
    return merged(fieldParts(fieldsOf(runtime, of, pallet, name), value, {runtime, pallet}));
  } catch {
    // Of a runtime that describes itself otherwise than it writes, what was read is shown as it is.
    return [lineText(value)];
  }
}

interface Place {
  readonly runtime: TypedRuntime;
  readonly pallet: string;
}

function fieldParts(fields: readonly Field[], value: unknown, place: Place): readonly Part[] {
  if (fields.length === 0) return [];
  const isNamed = fields.every(({name}) => name !== undefined);
  const isOne = fields.length === 1;
  return list(
    fields.map(({name, type, typeName}, i) => {
      const part = isNamed
        ? (value as Readonly<Record<string, unknown>>)[name!]
        : isOne
          ? value
          : (value as readonly unknown[])[i];
      const said = valueParts(type, typeName, part, place);
      return isNamed ? [`${name}: `, ...said] : said;
    }),
  );
}

const list = (items: readonly (readonly Part[])[], between = ", "): readonly Part[] =>
  items.flatMap((item, i) => (i === 0 ? item : [between, ...item]));

/** Longer lists and bytes are cut: who wants all of it reads the exact value. */
const MOST_ITEMS = 12;
const MOST_DIGITS = 66;

function valueParts(
  type: number,
  typeName: string | undefined,
  value: unknown,
  place: Place,
): readonly Part[] {
  const entry = place.runtime.lookup(type);
  switch (entry.type) {
    case "AccountId32":
    case "AccountId20":
      return [{account: String(value)}];
    case "primitive":
    case "compact":
      return isWhole(value) && isAmount(place.runtime, {...place, type, typeName}, entry)
        ? [{amount: BigInt(value)}]
        : [String(value)];
    case "void":
      return ["()"];
    case "sequence":
    case "array":
      return sequenceParts(entry, typeName, value, place);
    case "tuple":
      return ["(", ...listOf(entry.value, value as readonly unknown[], place), ")"];
    case "struct":
      return structParts(entry, value as Readonly<Record<string, unknown>>, place);
    case "option":
      return value === undefined ? ["none"] : valueParts(entry.value.id, typeName, value, place);
    case "result":
      return resultParts(entry, value as {success: boolean; value: unknown}, place);
    case "enum":
      return enumParts(entry, value as {type: string; value: unknown}, place);
    default:
      return [lineText(value)];
  }
}

const isWhole = (value: unknown): value is bigint | number =>
  typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));

const listOf = (types: readonly LookupEntry[], values: readonly unknown[], place: Place) =>
  list(types.map(({id}, i) => valueParts(id, undefined, values[i], place)));

function sequenceParts(
  entry: Extract<LookupEntry, {type: "sequence" | "array"}>,
  typeName: string | undefined,
  value: unknown,
  place: Place,
): readonly Part[] {
  if (value instanceof Uint8Array || typeof value === "string") return [bytesText(value)];
  const items = value as readonly unknown[];
  const shown = items
    .slice(0, MOST_ITEMS)
    .map(each => valueParts(entry.value.id, typeName, each, place));
  const more = items.length > MOST_ITEMS ? [`, and ${items.length - MOST_ITEMS} more`] : [];
  return ["[", ...list(shown), ...more, "]"];
}

const PRINTABLE = /^[\x20-\x7e]{4,}$/;

/** Bytes that somebody wrote as text are told as that too. */
function bytesText(value: Uint8Array | string): string {
  const digits = typeof value === "string" ? value : bytesToHex(value);
  const hex = digits.length > MOST_DIGITS ? `${digits.slice(0, MOST_DIGITS - 1)}…` : digits;
  if (!(value instanceof Uint8Array)) return hex;
  const text = new TextDecoder().decode(value);
  return PRINTABLE.test(text) && text.length <= MOST_DIGITS ? `${hex} (“${text}”)` : hex;
}

function structParts(
  entry: Extract<LookupEntry, {type: "struct"}>,
  value: Readonly<Record<string, unknown>>,
  place: Place,
): readonly Part[] {
  const def = definitionOf(place.runtime, entry.id);
  const fields: readonly Field[] =
    def?.tag === "composite"
      ? def.value.filter(each => each.name !== undefined && each.name in value)
      : Object.entries(entry.value).map(([name, {id}]) => ({name, type: id}));
  return ["{", ...fieldParts(fields, value, place), "}"];
}

function resultParts(
  entry: Extract<LookupEntry, {type: "result"}>,
  {success, value}: {success: boolean; value: unknown},
  place: Place,
): readonly Part[] {
  if (!success) return [`failed: ${dispatchErrorText(value)}`];
  return entry.value.ok.type === "void"
    ? ["ok"]
    : ["ok, ", ...valueParts(entry.value.ok.id, undefined, value, place)];
}

function enumParts(
  entry: Extract<LookupEntry, {type: "enum"}>,
  {type, value}: {type: string; value: unknown},
  place: Place,
): readonly Part[] {
  const {runtime} = place;
  if (entry.id === runtime.extrinsicTypes?.call) {
    const call = value as {type: string; value: unknown};
    const fields = fieldsOf(runtime, "calls", type, call.type);
    const said = fieldParts(fields, call.value, {runtime, pallet: type});
    return [`${type}.${call.type}`, ...(said.length > 0 ? [" (", ...said, ")"] : [])];
  }
  const fields = caseFields(runtime, entry.id, type);
  if (fields === undefined || fields.length === 0) return [type];
  const said = fieldParts(fields, value, place);
  // `MultiAddress::Id`: an account is an account.
  const isAccount = type === "Id" && said.length === 1 && typeof said[0] === "object";
  return isAccount ? said : [`${type} (`, ...said, ")"];
}

/** Words that stand beside each other are one. */
function merged(parts: readonly Part[]): readonly Part[] {
  const whole: Part[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (typeof part === "string" && typeof last === "string") whole[whole.length - 1] = last + part;
    else whole.push(part);
  }
  return whole;
}
