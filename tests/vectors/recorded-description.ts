import {type Hex, hex} from "#base";
import {type FieldInfo, PRIMITIVES, type TypeInfo, typeInfo, type VariantInfo} from "#codec";
import {
  type ChainDescription,
  type PalletDescription,
  STORAGE_HASHERS,
  type StorageHasher,
  unknownType,
} from "#description";
import {multiSignature} from "#primitives";
import {readData} from "./vector.ts";

interface Field {
  readonly name?: string | null;
  readonly type: number;
}

interface Typed {
  readonly lookupId: number;
}

interface Variant<F> {
  readonly index: number;
  readonly name: string;
  readonly fields: readonly F[];
}

interface Definition {
  readonly composite?: {readonly fields: readonly Field[]};
  readonly variant?: {readonly variants: readonly Variant<Field>[]};
  readonly sequence?: {readonly type: number};
  readonly array?: {readonly len: number; readonly type: number};
  readonly tuple?: readonly number[];
  readonly primitive?: string;
  readonly compact?: {readonly type: number};
  readonly outerEnum?: readonly (readonly [index: number, pallet: string])[];
}

interface RecordedPallet {
  readonly index: number;
  readonly storagePrefix: string;
  readonly calls: readonly Variant<Typed & {name: string}>[];
  readonly events: readonly Variant<Typed & {name: string | null}>[];
  readonly errors: readonly Variant<Typed & {name: string}>[];
  readonly storage: readonly {
    readonly name: string;
    readonly modifier: "Optional" | "Default";
    readonly defaultBytes: Hex;
    readonly hashers?: readonly StorageHasher[];
    readonly key?: Typed;
    readonly value: Typed;
  }[];
  readonly constants: readonly (Typed & {name: string; valueHex: Hex})[];
}

interface RecordedMetadata {
  readonly pallets: Readonly<Record<string, RecordedPallet>>;
  readonly extrinsic: {
    readonly version: number;
    readonly signedExtensions: readonly {
      readonly identifier: string;
      readonly typePath: string;
      readonly additionalSigned: string;
    }[];
  };
}

interface RecordedType {
  readonly id: number;
  readonly path: string;
  readonly def: Definition;
  readonly params: readonly {readonly name: string; readonly type: number | null}[];
}

/** Recorded types as the codec has them: of the genuine runtime, and of no pallet of ours. */
class RecordedTypes {
  readonly #recorded: ReadonlyMap<number, RecordedType>;
  readonly #made = new Map<number, TypeInfo>();
  readonly #enumOf: (outer: string, pallet: string) => TypeInfo;

  constructor(types: readonly RecordedType[], enumOf: RecordedTypes["outerPart"]) {
    this.#recorded = new Map(types.map(type => [type.id, type]));
    this.#enumOf = enumOf;
  }

  get outerPart(): (outer: string, pallet: string) => TypeInfo {
    return this.#enumOf;
  }

  at(id: number): TypeInfo {
    const made = this.#made.get(id);
    if (made !== undefined) return made;
    const found = this.#recorded.get(id);
    if (found === undefined) return unknownType(`type ${id}`);
    const type = {path: found.path === "" ? [] : found.path.split("::"), params: [], docs: []};
    const info = {...type, def: undefined as never} as {
      -readonly [K in keyof TypeInfo]: TypeInfo[K];
    };
    this.#made.set(id, info);
    info.def = this.#definition(found);
    return info;
  }

  byPath(last: string): TypeInfo {
    const found = [...this.#recorded.values()].find(
      ({path}) => path === last || path.endsWith(`::${last}`),
    );
    if (found === undefined) throw new Error(`no type ${last} is recorded`);
    return this.at(found.id);
  }

  #fields(fields: readonly Field[]): FieldInfo[] {
    return fields.map(({name, type}) => this.field(name, type));
  }

  field(name: string | null | undefined, type: number): FieldInfo {
    return {name: name ?? undefined, typeName: "", type: this.at(type), docs: []};
  }

  #definition({def, path}: RecordedType): TypeInfo["def"] {
    const {composite, variant, sequence, array, tuple, primitive, compact, outerEnum} = def;
    if (composite !== undefined) return {kind: "composite", fields: this.#fields(composite.fields)};
    if (sequence !== undefined) return {kind: "sequence", element: this.at(sequence.type)};
    if (compact !== undefined) return {kind: "compact", inner: this.at(compact.type)};
    if (tuple !== undefined) return {kind: "tuple", elements: tuple.map(id => this.at(id))};
    if (array !== undefined) {
      return {kind: "array", length: array.len, element: this.at(array.type)};
    }
    if (variant !== undefined) {
      const variants = variant.variants.map(each => ({
        name: each.name,
        index: each.index,
        fields: this.#fields(each.fields),
        docs: [],
      }));
      return {kind: "variant", variants};
    }
    if (outerEnum !== undefined) return this.#outerEnum(path.split("::").at(-1)!, outerEnum);
    const name = PRIMITIVES.find(each => each === primitive?.toLowerCase());
    if (name === undefined) throw new Error(`${JSON.stringify(def)} is no type`);
    return {kind: "primitive", name};
  }

  #outerEnum(outer: string, pallets: NonNullable<Definition["outerEnum"]>): TypeInfo["def"] {
    const variants = pallets.map(([index, name]): VariantInfo => {
      const enumOf = this.#enumOf;
      const field = {
        name: undefined,
        typeName: "",
        docs: [],
        get type() {
          return enumOf(outer, name);
        },
      };
      return {name, index, fields: [field], docs: []};
    });
    return {kind: "variant", variants};
  }
}

/** `rhala` 1241 as its own metadata describes it, as far as that is recorded: calls and events of ten pallets. */
export function describeRecordedRhala(): ChainDescription {
  const metadata = readData("rhala-1241", "metadata-rhala") as RecordedMetadata;
  const list = readData("rhala-1241", "metadata-rhala-types") as readonly RecordedType[];
  const pallets: PalletDescription[] = [];
  const types = new RecordedTypes(list, (outer, name) => {
    const pallet = pallets.find(each => each.name === name);
    const part = outer === "RuntimeCall" ? pallet?.calls : pallet?.events;
    return part ?? unknownType(`${outer} of ${name}`);
  });
  const enumOf = (cases: readonly Variant<Typed & {name: string | null}>[]) =>
    typeInfo({
      kind: "variant",
      variants: cases.map(({name, index, fields}) => ({
        name,
        index,
        fields: fields.map(field => types.field(field.name, field.lookupId)),
        docs: [],
      })),
    });
  for (const [name, pallet] of Object.entries(metadata.pallets)) {
    const storage = pallet.storage.map(item => {
      const hashers = item.hashers ?? [];
      const key = item.key === undefined ? undefined : types.at(item.key.lookupId);
      const keys =
        key === undefined
          ? []
          : hashers.length > 1 && key.def.kind === "tuple"
            ? key.def.elements
            : [key];
      return {
        pallet: name,
        prefix: pallet.storagePrefix,
        name: item.name,
        modifier: item.modifier,
        hashers: hashers.map(hasher => STORAGE_HASHERS.find(each => each === hasher)!),
        keys,
        value: types.at(item.value.lookupId),
        fallback: hex(item.defaultBytes),
        docs: [],
      };
    });
    pallets.push({
      name,
      index: pallet.index,
      docs: [],
      storage,
      calls: enumOf(pallet.calls),
      events: enumOf(pallet.events),
      errors: enumOf(pallet.errors),
      constants: pallet.constants.map(constant => ({
        name: constant.name,
        type: types.at(constant.lookupId),
        value: hex(constant.valueHex),
        docs: [],
      })),
    });
  }
  const nothing = typeInfo({kind: "tuple", elements: []});
  return {
    metadataVersion: 14,
    pallets,
    extrinsic: {
      versions: [metadata.extrinsic.version],
      address: types.byPath("MultiAddress"),
      signature: multiSignature.info,
      extensions: metadata.extrinsic.signedExtensions.map(({identifier, typePath}) => ({
        identifier,
        extra: types.byPath(typePath),
        additional: nothing,
      })),
      extensionsByVersion: new Map(),
    },
    call: types.byPath("RuntimeCall"),
    event: types.byPath("RuntimeEvent"),
    error: unknownType("RuntimeError"),
    apis: undefined,
  };
}
