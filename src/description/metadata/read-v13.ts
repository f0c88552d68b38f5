import {type Source, type TypeInfo, typeInfo, type VariantInfo} from "#codec";
import {
  type ChainDescription,
  type ExtrinsicDescription,
  type PalletDescription,
  STORAGE_HASHERS,
  type StorageHasher,
  type StorageItem,
} from "../chain-description.ts";
import {accountInfoOf} from "../text-types/account-info.ts";
import {extensionOf2021} from "../text-types/extensions-of-2021.ts";
import {fieldOf, TextTypes} from "../text-types/text-types.ts";
import {outerEnum} from "./outer-enum.ts";
import {readBytes, readChoice, readList, readOptional, readText, readTexts} from "./parts.ts";

/** Metadata 13, what follows the byte of the version; `given` says what names stand for on this chain. */
export function readV13(
  source: Source,
  given: Readonly<Record<string, TypeInfo>>,
): ChainDescription {
  // Calls hold calls and events errors of any pallet: types of all that are known before the pallets are.
  let pallets: readonly PalletDescription[] = [];
  const call = lateEnum("Call", () => outerEnum("Call", pallets, ({calls}) => calls));
  const event = lateEnum("Event", () => outerEnum("Event", pallets, ({events}) => events));
  const types = new TextTypes({Call: call, Event: event, ...given});
  pallets = readList(source, () => readPallet(source, types));
  const extrinsic = readExtrinsic(source, types);
  const error = outerEnum("Error", pallets, ({errors}) => errors);
  return {metadataVersion: 13, pallets, extrinsic, call, event, error, apis: undefined};
}

function lateEnum(path: string, create: () => TypeInfo): TypeInfo {
  let made: TypeInfo | undefined;
  return {
    path: [path],
    params: [],
    docs: [],
    get def() {
      made ??= create();
      return made.def;
    },
  };
}

function readPallet(source: Source, types: TextTypes): PalletDescription {
  const name = readText(source);
  const typeOf = (text: string) => types.typeOf(text, name);
  const storage = readOptional(source, () => readStorage(source, name, typeOf)) ?? [];
  const calls = readOptional(source, () =>
    enumOf(
      "Call",
      readList(source, (_, index) => readCall(source, index, typeOf)),
    ),
  );
  const events = readOptional(source, () =>
    enumOf(
      "Event",
      readList(source, (_, index) => readEvent(source, index, typeOf)),
    ),
  );
  const constants = readList(source, () => ({
    name: readText(source),
    type: typeOf(readText(source)),
    value: readBytes(source),
    docs: readTexts(source),
  }));
  const errors = readList(source, (_, index) => ({
    name: readText(source),
    index,
    fields: [],
    docs: readTexts(source),
  }));
  const index = source.u8();
  const errorEnum = errors.length === 0 ? undefined : enumOf("Error", errors);
  return {name, index, docs: [], storage, calls, events, errors: errorEnum, constants};
}

const enumOf = (path: string, variants: readonly VariantInfo[]) =>
  typeInfo({kind: "variant", variants}, {path});

/** Calls, events and errors are numbered by their places. */
function readCall(source: Source, index: number, typeOf: (text: string) => TypeInfo): VariantInfo {
  const name = readText(source);
  const fields = readList(source, () => {
    const field = readText(source);
    const text = readText(source);
    return fieldOf(field, text, typeOf(text));
  });
  return {name, index, fields, docs: readTexts(source)};
}

function readEvent(source: Source, index: number, typeOf: (text: string) => TypeInfo): VariantInfo {
  const name = readText(source);
  const fields = readTexts(source).map(text => fieldOf(undefined, text, typeOf(text)));
  return {name, index, fields, docs: readTexts(source)};
}

function readStorage(
  source: Source,
  pallet: string,
  typeOf: (text: string) => TypeInfo,
): StorageItem[] {
  const prefix = readText(source);
  return readList(source, () => {
    const name = readText(source);
    const modifier = readChoice(source, ["Optional", "Default"] as const, "modifier");
    const {keys, hashers, value: text} = readItemTypes(source);
    const fallback = readBytes(source);
    const docs = readTexts(source);
    const value = accountInfoOf(text, fallback.length) ?? typeOf(text);
    return {
      pallet,
      prefix,
      name,
      modifier,
      hashers,
      keys: keys.map(typeOf),
      value,
      fallback,
      docs,
    };
  });
}

interface ItemTexts {
  readonly hashers: readonly StorageHasher[];
  readonly keys: readonly string[];
  readonly value: string;
}

const readHasher = (source: Source): StorageHasher => readChoice(source, STORAGE_HASHERS, "hasher");

function readItemTypes(source: Source): ItemTexts {
  const kind = source.u8();
  switch (kind) {
    case 0:
      return {hashers: [], keys: [], value: readText(source)};
    case 1: {
      const hashers = [readHasher(source)];
      const keys = [readText(source)];
      const value = readText(source);
      source.advance(1); // whether it is a linked map, which none has been since 2020
      return {hashers, keys, value};
    }
    case 2: {
      const first = readHasher(source);
      const keys = [readText(source), readText(source)];
      const value = readText(source);
      return {hashers: [first, readHasher(source)], keys, value};
    }
    case 3: {
      const keys = readTexts(source);
      const hashers = readList(source, readHasher);
      if (hashers.length !== keys.length) {
        source.fail("invalid-value", `${keys.length} keys with ${hashers.length} hashers`);
      }
      return {hashers, keys, value: readText(source)};
    }
    default:
      return source.fail("invalid-value", `${kind} is no kind of storage item`);
  }
}

function readExtrinsic(source: Source, types: TextTypes): ExtrinsicDescription {
  const versions = [source.u8()];
  const typeOf = (text: string) => types.typeOf(text, "");
  const extensions = readTexts(source).map(identifier => extensionOf2021(identifier, typeOf));
  return {
    versions,
    address: typeOf("Address"),
    signature: typeOf("MultiSignature"),
    extensions,
    extensionsByVersion: new Map(),
  };
}
