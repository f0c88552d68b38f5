import type {LookupEntry} from "@polkadot-api/metadata-builders";
import {rangeOf} from "../chain/number-range.ts";
import {
  caseFields,
  definitionOf,
  type Field,
  fieldsOf,
  isAmount,
  type TypedRuntime,
} from "../chain/type-fields.ts";

/** A field of a form: its label, and of which type it is, as which pallet names it. */
export interface FormField {
  readonly label: string | undefined;
  readonly type: number;
  readonly typeName: string | undefined;
  readonly pallet: string;
}

/** What is written in one line. */
export type TextShape =
  | {readonly is: "text" | "letter" | "bits" | "account" | "ethereum"}
  /** Inclusive. A codec takes a `bigint` where the type is wider than 32 bits. */
  | {readonly is: "number"; readonly least: bigint; readonly most: bigint; readonly isBig: boolean}
  /** In the chain's unit. */
  | {readonly is: "amount"; readonly most: bigint; readonly isBig: boolean}
  /** So many, or any number. */
  | {readonly is: "bytes"; readonly length: number | undefined};

/** What a person fills in for a value of some type. */
export type Shape =
  | TextShape
  | {readonly is: "nothing" | "flag"}
  | {readonly is: "parts"; readonly fields: readonly FormField[]; readonly areNamed: boolean}
  | {readonly is: "list"; readonly item: FormField}
  | {readonly is: "option"; readonly inner: FormField}
  | {readonly is: "result"; readonly ok: FormField; readonly failed: FormField}
  | {
      readonly is: "choice";
      readonly cases: readonly string[];
      /** What a case holds: nothing, one value, or several. */
      readonly within: (name: string) => Shape;
    };

const IN_PARTS = ["nothing", "flag", "parts", "list", "option", "result", "choice"];

export const isLine = (shape: Shape): shape is TextShape => !IN_PARTS.includes(shape.is);

/** The arguments of a call, in their order. */
export const formFields = (
  runtime: TypedRuntime,
  pallet: string,
  call: string,
): readonly FormField[] => fieldsOf(runtime, "calls", pallet, call).map(of => inPallet(of, pallet));

const inPallet = ({name, type, typeName}: Field, pallet: string): FormField => ({
  label: name,
  type,
  typeName,
  pallet,
});

export function shapeOf(field: FormField, runtime: TypedRuntime): Shape {
  const {type, pallet} = field;
  const entry = runtime.lookup(type);
  const of = ({id}: LookupEntry, label?: string): FormField => ({
    label,
    type: id,
    typeName: undefined,
    pallet,
  });
  switch (entry.type) {
    case "void":
      return {is: "nothing"};
    case "AccountId32":
      return {is: "account"};
    case "AccountId20":
      return {is: "ethereum"};
    case "bitSequence":
      return {is: "bits"};
    case "primitive":
      return primitive(entry.value, field, entry, runtime);
    case "compact":
      return number(entry.size, field, entry, runtime);
    case "sequence":
      return isByte(entry.value)
        ? {is: "bytes", length: undefined}
        : {is: "list", item: {...of(entry.value), typeName: innerName(field.typeName)}};
    case "array": {
      if (isByte(entry.value)) return {is: "bytes", length: entry.len};
      const fields = Array.from({length: entry.len}, (_, i) => of(entry.value, String(i + 1)));
      return {is: "parts", fields, areNamed: false};
    }
    case "tuple":
      return {
        is: "parts",
        fields: entry.value.map((each, i) => of(each, String(i + 1))),
        areNamed: false,
      };
    case "struct": {
      const def = definitionOf(runtime, type);
      const named = def?.tag === "composite" ? def.value : [];
      const fields = Object.entries(entry.value).map(([label, inner]) => {
        const found = named.find(({name}) => name === label);
        return found === undefined ? of(inner, label) : inPallet(found, pallet);
      });
      return {is: "parts", fields, areNamed: true};
    }
    case "option":
      return {is: "option", inner: {...of(entry.value), typeName: innerName(field.typeName)}};
    case "result":
      return {is: "result", ok: of(entry.value.ok), failed: of(entry.value.ko)};
    case "enum":
      return choice(entry, pallet, runtime);
  }
}

/** `Option<BalanceOf<T>>` and `Vec<T::Balance>`: what is within is named as the whole is. */
const innerName = (typeName: string | undefined): string | undefined =>
  typeName === undefined ? undefined : /^\w*<(.*)>$/.exec(typeName)?.[1];

const isByte = (entry: LookupEntry): boolean => entry.type === "primitive" && entry.value === "u8";

function primitive(
  name: string,
  field: FormField,
  entry: LookupEntry,
  runtime: TypedRuntime,
): Shape {
  if (name === "bool") return {is: "flag"};
  if (name === "str") return {is: "text"};
  if (name === "char") return {is: "letter"};
  return number(name, field, entry, runtime);
}

/** Numbers up to this many bits are JavaScript's own. */
const SMALL = 32n;

function number(name: string, field: FormField, entry: LookupEntry, runtime: TypedRuntime): Shape {
  const {least, most} = rangeOf(name)!;
  const isBig = BigInt(name.slice(1)) > SMALL;
  return isAmount(runtime, field, entry)
    ? {is: "amount", most, isBig}
    : {is: "number", least, most, isBig};
}

function choice(
  entry: Extract<LookupEntry, {type: "enum"}>,
  pallet: string,
  runtime: TypedRuntime,
): Shape {
  const isCall = entry.id === runtime.extrinsicTypes?.call;
  return {
    is: "choice",
    cases: Object.keys(entry.value),
    within(name) {
      // Of a call within a call the arguments are named by its own pallet.
      const owner = isCall ? name : pallet;
      const inner = entry.value[name];
      if (inner === undefined || inner.type === "void") return {is: "nothing"};
      const fields = (caseFields(runtime, entry.id, name) ?? []).map(each => inPallet(each, owner));
      return inner.type === "lookupEntry"
        ? shapeOf(fields[0] ?? inPallet({type: inner.value.id}, owner), runtime)
        : {is: "parts", fields, areNamed: inner.type === "struct"};
    },
  };
}
