import {ACCOUNT_EXPECTED, accountExpected, readAccount} from "../chain/account-text.ts";
import type {ChainRuntime} from "../chain/chain-runtime.ts";
import {type AmountUnit, readAmount, SMALLEST_UNIT, writeExactAmount} from "../text/amount-unit.ts";
import type {Draft} from "./draft.ts";
import {type FormField, type Shape, shapeOf, type TextShape} from "./shape.ts";

/** A value as the chain's codecs take it, or which field lacks what. */
export type ReadDraft =
  | {readonly ok: true; readonly value: unknown}
  | {readonly ok: false; readonly at: readonly string[]; readonly expected: string};

export interface Reading {
  readonly runtime: Pick<ChainRuntime, "metadata" | "lookup" | "extrinsicTypes" | "addressPrefix">;
  readonly unit: AmountUnit;
}

const good = (value: unknown): ReadDraft => ({ok: true, value});
const bad = (expected: string): ReadDraft => ({ok: false, at: [], expected});

/** A call's arguments, as its codec takes them: by name, or the one alone, or in their order; undefined of a call without. */
export function readArguments(
  fields: readonly FormField[],
  drafts: readonly Draft[],
  reading: Reading,
): ReadDraft {
  const areNamed = fields.every(({label}) => label !== undefined);
  if (fields.length === 0) return good(undefined);
  if (fields.length === 1 && !areNamed) return readField(fields[0]!, drafts[0]!, reading);
  return readParts({is: "parts", fields, areNamed}, drafts, reading);
}

const readField = (field: FormField, draft: Draft, reading: Reading): ReadDraft =>
  readDraft(shapeOf(field, reading.runtime), draft, reading);

export function readDraft(shape: Shape, draft: Draft, reading: Reading): ReadDraft {
  switch (shape.is) {
    case "nothing":
      return good(undefined);
    case "flag":
      return good(draft.kind === "flag" && draft.isOn);
    case "parts":
      return readParts(shape, partsOf(draft), reading);
    case "list":
      return readList(shape.item, partsOf(draft), reading);
    case "option":
      return draft.kind === "choice" && draft.name === "Some"
        ? readField(shape.inner, draft.inner, reading)
        : good(undefined);
    case "result":
      return readResult(shape, draft, reading);
    case "choice":
      return readChoice(shape, draft, reading);
    default:
      return readText(shape, draft.kind === "text" ? draft.text : "", reading);
  }
}

const partsOf = (draft: Draft): readonly Draft[] => (draft.kind === "parts" ? draft.parts : []);

const within = (label: string, read: ReadDraft): ReadDraft =>
  read.ok ? read : {...read, at: [label, ...read.at]};

function readParts(
  {fields, areNamed}: Extract<Shape, {is: "parts"}>,
  drafts: readonly Draft[],
  reading: Reading,
): ReadDraft {
  const values: [string, unknown][] = [];
  for (const [i, field] of fields.entries()) {
    const label = field.label ?? String(i + 1);
    const read = within(label, readField(field, drafts[i]!, reading));
    if (!read.ok) return read;
    values.push([label, read.value]);
  }
  return good(areNamed ? Object.fromEntries(values) : values.map(([, value]) => value));
}

function readList(item: FormField, drafts: readonly Draft[], reading: Reading): ReadDraft {
  const values: unknown[] = [];
  for (const [i, draft] of drafts.entries()) {
    const read = within(String(i + 1), readField(item, draft, reading));
    if (!read.ok) return read;
    values.push(read.value);
  }
  return good(values);
}

function readResult(
  {ok, failed}: Extract<Shape, {is: "result"}>,
  draft: Draft,
  reading: Reading,
): ReadDraft {
  if (draft.kind !== "choice" || draft.name === undefined) return bad("choose Ok or Err");
  const success = draft.name === "Ok";
  const read = readField(success ? ok : failed, draft.inner, reading);
  return read.ok ? good({success, value: read.value}) : read;
}

function readChoice(
  shape: Extract<Shape, {is: "choice"}>,
  draft: Draft,
  reading: Reading,
): ReadDraft {
  if (draft.kind !== "choice" || draft.name === undefined) return bad("choose one");
  const {name, inner} = draft;
  const read = within(name, readDraft(shape.within(name), inner, reading));
  return read.ok ? good({type: name, value: read.value}) : read;
}

function readText(shape: TextShape, text: string, {runtime, unit}: Reading): ReadDraft {
  const expected = bad(expectedText(shape, unit));
  const written = text.trim();
  switch (shape.is) {
    case "text":
      return good(text);
    case "letter":
      return /^[\x20-\x7e]$/.test(text) ? good(text) : expected;
    case "bits":
      return /^[01]*$/.test(written) ? good([...written].map(Number)) : expected;
    case "account": {
      const address = readAccount(written, runtime);
      return address === undefined ? bad(accountExpected(written)) : good(address);
    }
    case "ethereum":
      return /^0x[0-9a-f]{40}$/i.test(written) ? good(written) : expected;
    case "amount": {
      const amount = readAmount(written, unit);
      if (amount === undefined) return expected;
      if (amount > shape.most) return bad(`at most ${writeExactAmount(shape.most, unit)}`);
      return good(shape.isBig ? amount : Number(amount));
    }
    case "number": {
      const digits = written.replace(/(?<=\d)[_ ](?=\d)/g, "");
      if (!/^-?\d+$/.test(digits)) return expected;
      const value = BigInt(digits);
      if (value < shape.least || value > shape.most) return expected;
      return good(shape.isBig ? value : Number(value));
    }
    case "bytes":
      return readBytes(shape.length, written) ?? expected;
  }
}

/** Hex, or text as it is; where the length is given, the codec takes hex. */
function readBytes(length: number | undefined, text: string): ReadDraft | undefined {
  const isHex = /^0x/i.test(text);
  if (isHex && !/^0x([0-9a-f]{2})*$/i.test(text)) return undefined;
  const bytes = isHex
    ? Uint8Array.from(text.slice(2).match(/../g) ?? [], digits => Number.parseInt(digits, 16))
    : new TextEncoder().encode(text);
  if (length === undefined) return good(bytes);
  if (bytes.length !== length) return undefined;
  return good(`0x${Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("")}`);
}

/** What a field of this shape takes, in words. */
export function expectedText(shape: TextShape, unit: AmountUnit): string {
  switch (shape.is) {
    case "text":
      return "text";
    case "letter":
      return "one letter";
    case "bits":
      return "bits, such as 0110";
    case "account":
      return ACCOUNT_EXPECTED;
    case "ethereum":
      return "an address of 20 bytes in hex, such as 0xf24f…";
    case "amount":
      return unit === SMALLEST_UNIT
        ? "a whole number"
        : `an amount in ${unit.symbol}, such as 16.5`;
    case "number":
      return `a whole number from ${shape.least} to ${shape.most}`;
    case "bytes":
      return shape.length === undefined
        ? "bytes in hex that begin with 0x, or text"
        : `${shape.length} bytes in hex that begin with 0x, or as much text`;
  }
}
