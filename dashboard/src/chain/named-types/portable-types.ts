import type {V15} from "@polkadot-api/substrate-bindings";
import type {FieldInfo, TypeInfo, TypeParameter, VariantInfo} from "../../../../src/codec/index.ts";
import {isUnknown} from "../../../../src/description/index.ts";

export type PortableType = V15["lookup"][number];
type Definition = PortableType["def"];
type Fields = Extract<Definition, {tag: "composite"}>["value"];

/** Case of the enum that stands for a type that is not known. */
const NEVER = 255;

/** Types as metadata from 14 on has them: in one list, each by its place. */
export class PortableTypes {
  /** What each entry of the list was made of. */
  readonly infos: TypeInfo[] = [];
  readonly lookup: PortableType[] = [];
  readonly #ids = new Map<TypeInfo, number>();
  readonly #instead: (type: TypeInfo) => TypeInfo | undefined;

  /** `instead`: what is to stand in the place of a type; undefined for the type itself. */
  constructor(instead: (type: TypeInfo) => TypeInfo | undefined) {
    this.#instead = instead;
  }

  /** The place of a type, which all that it is made of is given with it. */
  idOf(type: TypeInfo): number {
    const id = this.#placeOf(type);
    // A list that grows while it is gone through: types may be nested as deep as they like, and hold themselves.
    for (let next = this.lookup.length; next < this.infos.length; next = this.lookup.length) {
      this.lookup.push(this.#entry(next));
    }
    return id;
  }

  #placeOf(type: TypeInfo): number {
    let id = this.#ids.get(type);
    if (id === undefined) {
      id = this.infos.length;
      this.#ids.set(type, id);
      this.infos.push(type);
    }
    return id;
  }

  #entry(id: number): PortableType {
    const type = this.infos[id]!;
    const shown = this.#instead(type) ?? type;
    const {path, docs} = shown;
    if (isUnknown(shown) || isUnwritable(shown)) {
      return {id, path: [], params: [], def: this.#never(id), docs: []};
    }
    const params = paramsOf(shown).map(({name, type: param}) => ({
      name,
      type: param && this.#placeOf(param),
    }));
    return {id, path: [...path], params, def: this.#definition(shown), docs: [...docs]};
  }

  /**
   * An enum of one case, which holds another one of it, and so on without an end: no bytes are such a value, and no value
   * becomes bytes.
   */
  #never(id: number): Definition {
    const field = {name: undefined, type: id, typeName: undefined, docs: []};
    const only = {name: "Unknown", fields: [field], index: NEVER, docs: []};
    return {tag: "variant", value: [only]};
  }

  #definition({def}: TypeInfo): Definition {
    switch (def.kind) {
      case "composite":
        return {tag: "composite", value: this.#fields(def.fields)};
      case "variant":
        return {tag: "variant", value: def.variants.map(each => this.#variant(each))};
      case "sequence":
        return {tag: "sequence", value: this.#placeOf(def.element)};
      case "array":
        return {tag: "array", value: {len: def.length, type: this.#placeOf(def.element)}};
      case "tuple":
        return {tag: "tuple", value: def.elements.map(each => this.#placeOf(each))};
      case "primitive":
        return {tag: "primitive", value: {tag: def.name, value: undefined}};
      case "compact":
        return {tag: "compact", value: this.#placeOf(def.inner)};
      case "bitSequence": {
        const [bitStoreType, bitOrderType] = [def.store, def.order].map(each =>
          this.#placeOf(each),
        );
        return {
          tag: "bitSequence",
          value: {bitStoreType: bitStoreType!, bitOrderType: bitOrderType!},
        };
      }
    }
  }

  #variant({name, index, fields, docs}: VariantInfo) {
    return {name, index, fields: this.#fields(fields), docs: [...docs]};
  }

  #fields(fields: readonly FieldInfo[]): Fields {
    return fields.map(({name, type, typeName, docs}) => ({
      name,
      type: this.#placeOf(type),
      typeName: typeName === "" ? undefined : typeName,
      docs: [...docs],
    }));
  }
}

/** Options and results are told by the names of their parameters, which metadata 13 does not have. */
function paramsOf({path, params, def}: TypeInfo): readonly TypeParameter[] {
  if (params.length > 0 || def.kind !== "variant" || path.length !== 1) return params;
  const held = (name: string) =>
    def.variants.find(variant => variant.name === name)?.fields[0]?.type;
  if (path[0] === "Option") return [{name: "T", type: held("Some")}];
  if (path[0] !== "Result") return params;
  return [
    {name: "T", type: held("Ok")},
    {name: "E", type: held("Err")},
  ];
}

/** Integers have a compact form, and nothing; what else is said to be compact is not known. */
function isUnwritable({def}: TypeInfo): boolean {
  return def.kind === "compact" && !hasCompactForm(def.inner);
}

const UNSIGNED = ["u8", "u16", "u32", "u64", "u128"];
/** Integers are wrapped once or twice. */
const MOST_WRAPPERS = 8;

function hasCompactForm(type: TypeInfo): boolean {
  let inner = type;
  for (let i = 0; i < MOST_WRAPPERS; i++) {
    if (isUnknown(inner)) return false;
    const {def} = inner;
    if (def.kind === "primitive") return UNSIGNED.includes(def.name);
    const parts =
      def.kind === "composite"
        ? def.fields.map(field => field.type)
        : def.kind === "tuple"
          ? def.elements
          : undefined;
    if (parts?.length === 0) return true;
    if (parts?.length !== 1) return false;
    inner = parts[0]!;
  }
  return false;
}
