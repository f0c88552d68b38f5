import {
  type FieldInfo,
  PRIMITIVES,
  readCompact,
  type Source,
  type TypeDefinition,
  type TypeInfo,
  type TypeParameter,
} from "#codec";
import {readChoice, readList, readOptional, readText, readTexts} from "./parts.ts";

type Mutable<T> = {-readonly [K in keyof T]: T[K]};

/** Bytes: number, path, parameters, kind, documentation, and what a kind has at the least. */
const SMALLEST_TYPE = 6;

const NO_TYPE: TypeDefinition = {kind: "composite", fields: []};

/**
 * The `PortableRegistry` of metadata 14 and later: types that mention each other by number. One object a type, made when
 * it is first mentioned and filled when it is read, so that a type may contain itself.
 */
export class PortableTypes {
  readonly #types: Mutable<TypeInfo>[] = [];
  readonly #count: number;

  constructor(source: Source) {
    this.#count = readCompact(source);
    if (this.#count * SMALLEST_TYPE > source.remaining)
      source.fail("too-long", `${this.#count} types`);
    for (let i = 0; i < this.#count; i++)
      this.#types.push({path: [], params: [], docs: [], def: NO_TYPE});
    for (let i = 0; i < this.#count; i++) this.#readType(source, i);
  }

  /** Reads a number, and finds its type. */
  readonly read = (source: Source): TypeInfo => {
    const id = readCompact(source);
    return this.#types[id] ?? source.fail("invalid-value", `there is no type ${id}`);
  };

  #readType(source: Source, index: number): void {
    const id = readCompact(source);
    if (id !== index) source.fail("invalid-value", `type ${index} is numbered ${id}`);
    const type = this.#types[index]!;
    type.path = readTexts(source);
    type.params = readList(source, this.#readParameter);
    type.def = this.#readDefinition(source);
    type.docs = readTexts(source);
  }

  readonly #readParameter = (source: Source): TypeParameter => ({
    name: readText(source),
    type: readOptional(source, this.read),
  });

  readonly #readField = (source: Source): FieldInfo => ({
    name: readOptional(source, readText),
    type: this.read(source),
    typeName: readOptional(source, readText) ?? "",
    docs: readTexts(source),
  });

  #readDefinition(source: Source): TypeDefinition {
    const kind = source.u8();
    switch (kind) {
      case 0:
        return {kind: "composite", fields: readList(source, this.#readField)};
      case 1:
        return {
          kind: "variant",
          variants: readList(source, () => ({
            name: readText(source),
            fields: readList(source, this.#readField),
            index: source.u8(),
            docs: readTexts(source),
          })),
        };
      case 2:
        return {kind: "sequence", element: this.read(source)};
      case 3:
        return {kind: "array", length: source.u32(), element: this.read(source)};
      case 4:
        return {kind: "tuple", elements: readList(source, this.read)};
      case 5:
        return {kind: "primitive", name: readChoice(source, PRIMITIVES, "primitive type")};
      case 6:
        return {kind: "compact", inner: this.read(source)};
      case 7:
        return {kind: "bitSequence", store: this.read(source), order: this.read(source)};
      default:
        return source.fail("invalid-value", `${kind} is no kind of type`);
    }
  }
}
