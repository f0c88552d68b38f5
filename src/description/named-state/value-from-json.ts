import {hexToBytes, utf8Bytes} from "#base";
import {
  bitLayoutOf,
  bitSequence,
  compactU128,
  encode,
  type FieldInfo,
  type PrimitiveName,
  packBits,
  type Sink,
  type TypeInfo,
  type VariantInfo,
  writeCompact,
} from "#codec";
import {decodeSs58} from "#crypto";
import {byName, camelCase} from "../names.ts";
import {isAccount, isByte} from "../values/bytes.ts";
import {unwrapped} from "../values/integers.ts";
import {isUnknown} from "../values/unknown-type.ts";
import {type IntegerName, integerFromJson, widthOf} from "./integer-from-json.ts";
import type {Place} from "./misfit.ts";

/**
 * Writes a value of the type in SCALE. What JSON leaves out or says `undefined` of is zero, as clients' own registries
 * have it: no items, no option, the first case of an enum.
 */
export function writeValue(type: TypeInfo, json: unknown, outside: Place, sink: Sink): void {
  const place = outside.inside();
  const {def, path} = type;
  if (isUnknown(type)) place.expect(`nothing: metadata does not tell what ${type.unknown} is`);
  if (isAccount(type) && json !== undefined) {
    sink.raw(accountFromJson(json, place));
    return;
  }
  switch (def.kind) {
    case "primitive":
      writePrimitive(def.name, json, place, sink);
      return;
    case "compact":
      writeCompactInteger(def.inner, json, place, sink);
      return;
    case "bitSequence":
      writeBits(def.store, def.order, json, place, sink);
      return;
    case "composite":
      writeFields(def.fields, json, place, sink);
      return;
    case "tuple":
      writeList(def.elements, json, place, sink);
      return;
    case "array":
      writeArray(def.element, def.length, json, place, sink);
      return;
    case "sequence":
      writeSequence(def.element, json, place, sink);
      return;
    case "variant":
      if (path.join() === "Option") writeOption(def.variants, json, place, sink);
      else writeCase(def.variants, isPlainAddress(path, json) ? {Id: json} : json, place, sink);
  }
}

/** An account alone where the chain takes a `MultiAddress`: people do not name its first case. */
const isPlainAddress = (path: readonly string[], json: unknown): boolean =>
  path.at(-1) === "MultiAddress" && typeof json === "string";

function accountFromJson(json: unknown, place: Place): Uint8Array {
  const text = typeof json === "string" ? json : "";
  const account = hexToBytes(text) ?? addressed(text);
  return account?.length === 32
    ? account
    : place.expect("an address, or 0x-prefixed hex of 32 bytes");
}

function addressed(text: string): Uint8Array | undefined {
  const address = decodeSs58(text);
  return address.ok ? address.value.bytes : undefined;
}

function writeBits(
  storeType: TypeInfo,
  orderType: TypeInfo,
  json: unknown,
  place: Place,
  sink: Sink,
): void {
  const {store, order} =
    bitLayout(storeType, orderType) ?? place.expect("nothing: no bits go there");
  sink.raw(encode(bitSequence(store, order), packBits(bitsFromJson(json, place), store, order)));
}

function bitLayout(store: TypeInfo, order: TypeInfo): ReturnType<typeof bitLayoutOf> | undefined {
  try {
    return bitLayoutOf(store, order);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** As polkadot.js shows them for people: `0b` and a digit for each bit, the first one first. */
function bitsFromJson(json: unknown, place: Place): boolean[] {
  if (json === undefined) return [];
  if (typeof json !== "string" || !/^0b[01]*$/.test(json)) place.expect("0b and digits 0 or 1");
  return [...json.slice(2)].map(digit => digit === "1");
}

function writePrimitive(name: PrimitiveName, json: unknown, place: Place, sink: Sink): void {
  switch (name) {
    case "bool":
      if (json !== undefined && typeof json !== "boolean") place.expect("true or false");
      sink.u8(json === true ? 1 : 0);
      return;
    case "str": {
      if (json !== undefined && typeof json !== "string") place.expect("a text");
      const text = utf8Bytes(json ?? "");
      writeCompact(text.length, sink);
      sink.raw(text);
      return;
    }
    case "char": {
      const points = [...(typeof json === "string" ? json : json === undefined ? "\0" : "")];
      if (points.length !== 1) place.expect("a text of one character");
      sink.u32(points[0]!.codePointAt(0)!);
      return;
    }
    default: {
      let value = integerFromJson(name, json ?? 0, place);
      for (let i = widthOf(name); i > 0; i--) {
        sink.u8(Number(value & 0xffn));
        value >>= 8n;
      }
    }
  }
}

/** Of an integer, or of types around it; `Compact<()>` takes no bytes. */
function writeCompactInteger(inner: TypeInfo, json: unknown, place: Place, sink: Sink): void {
  const {def} = unwrapped(inner);
  if (def.kind === "tuple" && def.elements.length === 0) return;
  const name = def.kind === "primitive" ? def.name : "bool";
  if (!COMPACT.has(name)) place.expect("nothing: its type has no compact form");
  compactU128.encodeTo(integerFromJson(name as IntegerName, json ?? 0, place), sink);
}

const COMPACT: ReadonlySet<PrimitiveName> = new Set(["u8", "u16", "u32", "u64", "u128"]);

/** Named ones from an object, several unnamed ones from a list, and a single unnamed one as what it holds. */
function writeFields(fields: readonly FieldInfo[], json: unknown, place: Place, sink: Sink): void {
  const [first] = fields;
  if (first === undefined) return;
  if (fields.some(({name}) => name === undefined)) {
    if (fields.length === 1) writeValue(first.type, json, place, sink);
    else
      writeList(
        fields.map(({type}) => type),
        json,
        place,
        sink,
      );
    return;
  }
  const names = fields.map(({name}) => name!);
  const byName = objectFromJson(json ?? {}, names, place);
  for (const {name, type} of fields) {
    writeValue(type, byName.get(name!), place.field(camelCase(name!)), sink);
  }
}

/** By the names of the type, whichever of the two ways they are written in. */
function objectFromJson(
  json: unknown,
  names: readonly string[],
  place: Place,
): ReadonlyMap<string, unknown> {
  const known = new Map(
    names.flatMap(name => [
      [name, name],
      [camelCase(name), name],
    ]),
  );
  const found = new Map<string, unknown>();
  const expected = `an object with any of ${names.map(camelCase).join(", ")}`;
  if (typeof json !== "object" || json === null || Array.isArray(json)) place.expect(expected);
  for (const [key, value] of Object.entries(json)) {
    const name = known.get(key);
    if (name === undefined)
      place.field(key).expect(`no such field, but any of ${names.map(camelCase).join(", ")}`);
    else found.set(name, value);
  }
  return found;
}

function writeList(types: readonly TypeInfo[], json: unknown, place: Place, sink: Sink): void {
  const items = listFromJson(types.length, json, place);
  for (const [i, type] of types.entries()) writeValue(type, items?.[i], place.item(i), sink);
}

function listFromJson(length: number, json: unknown, place: Place): unknown[] | undefined {
  if (json === undefined) return undefined;
  return Array.isArray(json) && json.length === length ? json : place.expect(`a list of ${length}`);
}

function writeArray(
  element: TypeInfo,
  length: number,
  json: unknown,
  place: Place,
  sink: Sink,
): void {
  if (isByte(element) && typeof json === "string") {
    const bytes = hexToBytes(json);
    if (bytes?.length !== length) place.expect(`0x-prefixed hex of ${length} bytes`);
    sink.raw(bytes);
    return;
  }
  const items = listFromJson(length, json, place);
  for (let i = 0; i < length; i++) writeValue(element, items?.[i], place.item(i), sink);
}

function writeSequence(element: TypeInfo, json: unknown, place: Place, sink: Sink): void {
  if (isByte(element) && typeof json === "string") {
    const bytes = hexToBytes(json) ?? place.expect("0x-prefixed hex");
    writeCompact(bytes.length, sink);
    sink.raw(bytes);
    return;
  }
  const items: unknown = json ?? [];
  if (!Array.isArray(items)) place.expect(isByte(element) ? "0x-prefixed hex" : "a list");
  writeCompact(items.length, sink);
  items.forEach((item: unknown, i) => {
    writeValue(element, item, place.item(i), sink);
  });
}

/** `null` is none, anything else what there is. */
function writeOption(
  variants: readonly VariantInfo[],
  json: unknown,
  place: Place,
  sink: Sink,
): void {
  sink.u8(json === undefined || json === null ? 0 : 1);
  if (json === undefined || json === null) return;
  const some = variants.find(({name}) => name === "Some")?.fields[0];
  if (some !== undefined) writeValue(some.type, json, place, sink);
}

/** `"Name"`, or `{"Name": its fields}`; the first letter may be small. */
function writeCase(
  variants: readonly VariantInfo[],
  json: unknown,
  place: Place,
  sink: Sink,
): void {
  const expected = `one of ${variants.map(({name}) => name).join(", ")}, alone or as {name: what it holds}`;
  const [name, fields] = caseFromJson(json) ?? [];
  const chosen = json === undefined ? variants[0] : byName(variants, name);
  if (chosen === undefined) place.expect(expected);
  if (chosen.fields.length === 0 && fields !== undefined && fields !== null) {
    place.expect(`${chosen.name} alone: it holds nothing`);
  }
  sink.u8(chosen.index);
  writeFields(chosen.fields, fields ?? undefined, place.field(chosen.name), sink);
}

function caseFromJson(json: unknown): readonly [string, unknown] | undefined {
  if (typeof json === "string") return [json, undefined];
  if (typeof json !== "object" || json === null) return undefined;
  const entries = Object.entries(json);
  return entries.length === 1 ? entries[0] : undefined;
}
