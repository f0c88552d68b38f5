import type {Source, TypeInfo} from "#codec";
import {
  type ConstantDescription,
  type PalletDescription,
  STORAGE_HASHERS,
  type StorageItem,
} from "../chain-description.ts";
import {readBytes, readChoice, readList, readOptional, readText, readTexts} from "./parts.ts";
import type {PortableTypes} from "./portable-types.ts";

/** Metadata with a registry of types. What a later version adds is told by comparisons with it. */
export type PortableVersion = 14 | 15 | 16;

/** Notes of what is deprecated (from 16 on), which nobody here asks for: read, and dropped. */
export function skipDeprecation(source: Source): void {
  const kind = source.u8();
  if (kind > 2) source.fail("invalid-value", `${kind} is no deprecation`);
  if (kind === 2) skipNote(source);
}

function skipNote(source: Source): void {
  readText(source);
  readOptional(source, readText);
}

function skipEnumDeprecation(source: Source): void {
  readList(source, () => {
    source.u8();
    const kind = source.u8();
    if (kind !== 1 && kind !== 2) source.fail("invalid-value", `${kind} is no deprecation`);
    if (kind === 2) skipNote(source);
  });
}

/** Reads pallets of one version of metadata. */
export class PalletReader {
  readonly #version: PortableVersion;
  readonly #types: PortableTypes;

  constructor(version: PortableVersion, types: PortableTypes) {
    this.#version = version;
    this.#types = types;
  }

  readonly read = (source: Source): PalletDescription => {
    const name = readText(source);
    const storage = readOptional(source, () => this.#readStorage(source, name)) ?? [];
    const calls = readOptional(source, this.#readEnum);
    const events = readOptional(source, this.#readEnum);
    const constants = readList(source, this.#readConstant);
    const errors = readOptional(source, this.#readEnum);
    if (this.#version > 15) this.#skipTypesAndViews(source);
    const index = source.u8();
    const docs = this.#version > 14 ? readTexts(source) : [];
    this.#deprecation(source);
    return {name, index, docs, storage, calls, events, errors, constants};
  };

  #deprecation(source: Source): void {
    if (this.#version > 15) skipDeprecation(source);
  }

  readonly #readEnum = (source: Source): TypeInfo => {
    const type = this.#types.read(source);
    if (this.#version > 15) skipEnumDeprecation(source);
    return type;
  };

  readonly #readConstant = (source: Source): ConstantDescription => {
    const constant = {
      name: readText(source),
      type: this.#types.read(source),
      value: readBytes(source),
      docs: readTexts(source),
    };
    this.#deprecation(source);
    return constant;
  };

  /** Associated types and view functions. */
  #skipTypesAndViews(source: Source): void {
    readList(source, () => {
      readText(source);
      this.#types.read(source);
      readTexts(source);
    });
    readList(source, () => {
      source.advance(32);
      readText(source);
      readList(source, () => {
        readText(source);
        this.#types.read(source);
      });
      this.#types.read(source);
      readTexts(source);
      skipDeprecation(source);
    });
  }

  #readStorage(source: Source, pallet: string): StorageItem[] {
    const prefix = readText(source);
    return readList(source, () => {
      const name = readText(source);
      const modifier = readChoice(source, ["Optional", "Default"] as const, "modifier");
      const types = this.#readItemTypes(source);
      const fallback = readBytes(source);
      const docs = readTexts(source);
      this.#deprecation(source);
      return {pallet, prefix, name, modifier, ...types, fallback, docs};
    });
  }

  #readItemTypes(source: Source): Pick<StorageItem, "hashers" | "keys" | "value"> {
    const kind = source.u8();
    if (kind === 0) return {hashers: [], keys: [], value: this.#types.read(source)};
    if (kind !== 1) source.fail("invalid-value", `${kind} is no kind of storage item`);
    const hashers = readList(source, () => readChoice(source, STORAGE_HASHERS, "hasher"));
    const key = this.#types.read(source);
    const keys = keysOf(key, hashers.length);
    if (keys === undefined) {
      return source.fail(
        "invalid-value",
        `a map of ${hashers.length} keys has a key of another form`,
      );
    }
    return {hashers, keys, value: this.#types.read(source)};
  }
}

/** Several keys are published as one tuple. */
function keysOf(key: TypeInfo, count: number): readonly TypeInfo[] | undefined {
  if (count === 1) return [key];
  return key.def.kind === "tuple" && key.def.elements.length === count
    ? key.def.elements
    : undefined;
}
