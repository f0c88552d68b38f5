import {metadata as metadataCodec, type V15} from "@polkadot-api/substrate-bindings";
import {type TypeInfo, typeInfo, type VariantInfo} from "../../../../src/codec/index.ts";
import type {
  ChainDescription,
  PalletDescription,
  StorageItem,
} from "../../../../src/description/index.ts";
import {bytesToHex} from "../bytes.ts";
import {PortableTypes} from "./portable-types.ts";

/** `meta`, little-endian. */
const MAGIC = 0x6174656d;

export interface Portable {
  /** Metadata 15, as a node would answer it. */
  readonly bytes: Uint8Array;
  /** What each type of it was made of, by its place. */
  readonly infos: readonly TypeInfo[];
}

/** A runtime that was described by names, as metadata that describes its types. */
export function toMetadata15(description: ChainDescription): Portable {
  const errors = moduleErrors(description.pallets);
  const types = new PortableTypes(type => (isModuleError(type) ? errors : undefined));
  const idOf = (type: TypeInfo) => types.idOf(type);
  const {extrinsic, call, event, error, pallets} = description;
  const nothing = idOf(typeInfo({kind: "tuple", elements: []}));
  const value: V15 = {
    pallets: pallets.map(pallet => palletOf(pallet, types)),
    extrinsic: {
      version: extrinsic.versions[0]!,
      address: idOf(extrinsic.address),
      call: idOf(call),
      signature: idOf(extrinsic.signature),
      extra: nothing,
      signedExtensions: extrinsic.extensions.map(({identifier, extra, additional}) => ({
        identifier,
        type: idOf(extra),
        additionalSigned: idOf(additional),
      })),
    },
    type: nothing,
    apis: [],
    outerEnums: {call: idOf(call), event: idOf(event), error: idOf(error)},
    custom: [],
    // By reference: all that is above has given its types to the list.
    lookup: types.lookup,
  };
  const bytes = metadataCodec.enc({magicNumber: MAGIC, metadata: {tag: "v15", value}});
  return {bytes, infos: types.infos};
}

function palletOf(
  {name, index, docs, storage, calls, events, errors, constants}: PalletDescription,
  types: PortableTypes,
): V15["pallets"][number] {
  const enumOf = (type: TypeInfo | undefined) => type && types.idOf(type);
  return {
    name,
    index,
    docs: [...docs],
    storage:
      storage.length === 0
        ? undefined
        : {prefix: storage[0]!.prefix, items: storage.map(item => itemOf(item, types))},
    calls: enumOf(calls),
    events: enumOf(events),
    errors: enumOf(errors),
    constants: constants.map(constant => ({
      name: constant.name,
      type: types.idOf(constant.type),
      value: bytesToHex(constant.value),
      docs: [...constant.docs],
    })),
  };
}

type Item = NonNullable<V15["pallets"][number]["storage"]>["items"][number];
type Hasher = Extract<Item["type"], {tag: "map"}>["value"]["hashers"][number]["tag"];

function itemOf(
  {name, modifier, hashers, keys, value, fallback, docs}: StorageItem,
  types: PortableTypes,
): Item {
  const stored = types.idOf(value);
  const item = {
    name,
    modifier: modifier === "Default" ? 1 : 0,
    fallback: bytesToHex(fallback),
    docs: [...docs],
  };
  if (keys.length === 0) return {...item, type: {tag: "plain", value: stored}};
  const key = keys.length === 1 ? keys[0]! : typeInfo({kind: "tuple", elements: keys});
  return {
    ...item,
    type: {
      tag: "map",
      value: {
        hashers: hashers.map(hasher => ({
          tag: hasher.replace("_", "") as Hasher,
          value: undefined,
        })),
        key: types.idOf(key),
        value: stored,
      },
    },
  };
}

/** A pallet's error by its two numbers, as runtimes had it until 2022 (`sp_runtime::ModuleError`). */
function isModuleError({def}: TypeInfo): boolean {
  if (def.kind !== "composite" || def.fields.length !== 2) return false;
  return def.fields.every(
    ({name, type}, i) =>
      name === ["index", "error"][i] && type.def.kind === "primitive" && type.def.name === "u8",
  );
}

const BYTE = typeInfo({kind: "primitive", name: "u8"});

/** The same two bytes by their names: the first is the pallet's index, the second the place among its errors. */
function moduleErrors(pallets: readonly PalletDescription[]): TypeInfo {
  const variants = pallets.map(({name, index, errors}): VariantInfo => {
    const field = {name: undefined, typeName: "", type: errors ?? BYTE, docs: []};
    return {name, index, fields: [field], docs: []};
  });
  return typeInfo({kind: "variant", variants});
}
