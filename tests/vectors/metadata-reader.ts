import {Metadata, TypeRegistry} from "@polkadot/types";
import type {Si1Variant, SiLookupTypeId} from "@polkadot/types/interfaces";
import {bytesToHex, invariant} from "#base";
import {bytes, decode, encode, option, u32} from "#codec";
import {type CollatorChain, createRuntime} from "#runtime";
import {memoryState, Overlay} from "#state";
import type {RegistryType} from "./type-shapes.ts";

/** What a client reads about one pallet; `Type` is how types are told apart. */
export interface ReadPallet<Type> {
  readonly name: string;
  readonly index: number;
  readonly calls: readonly ReadVariant<Type>[];
  readonly events: readonly ReadVariant<Type>[];
  readonly errors: readonly ReadVariant<Type>[];
  readonly storage: readonly ReadStorage<Type>[];
  readonly constants: readonly {name: string; type: Type; value: string}[];
}

export interface ReadVariant<Type> {
  readonly index: number;
  readonly name: string;
  readonly fields: readonly {name: string; type: Type}[];
}

export interface ReadStorage<Type> {
  readonly name: string;
  readonly modifier: string;
  readonly hashers: readonly string[];
  readonly key: Type | undefined;
  readonly value: Type;
  readonly fallback: string;
}

/** So that the decoder does not warn of an extension that it has not heard of. */
const PHALA_EXTENSIONS = {CheckMqSequence: {extrinsic: {}, payload: {}}};

function opaqueMetadata(chain: CollatorChain, version: number): Uint8Array {
  const state = new Overlay(memoryState([], chain.config.blockHash));
  const host = {state, verifySignature: () => false};
  const name = "Metadata_metadata_at_version";
  const answer = createRuntime(chain).call(name, encode(u32, version), host);
  invariant(answer.ok, `${name} traps`);
  const opaque = decode(option(bytes), answer.value);
  invariant(opaque.ok && opaque.value !== undefined, `no metadata of version ${version}`);
  return opaque.value;
}

/** Our chain's metadata through the decoder that clients use; types by what `typeOf` makes of their number. */
export class MetadataReader {
  readonly #metadata: Metadata;
  readonly #registry = new TypeRegistry();

  constructor(chain: CollatorChain, version: 14 | 15) {
    this.#metadata = new Metadata(this.#registry, bytesToHex(opaqueMetadata(chain, version)));
    this.#registry.setMetadata(this.#metadata, undefined, PHALA_EXTENSIONS);
  }

  /** The name that clients in TypeScript know a type by. */
  clientName(id: number): string {
    const {lookupName, type} = this.#registry.lookup.getTypeDef(id as unknown as SiLookupTypeId);
    return lookupName ?? type;
  }

  types(): Map<number, RegistryType> {
    return new Map(
      this.#registry.lookup.types.map(({id, type}) => {
        const def = type.def.toJSON() as RegistryType["def"];
        return [id.toNumber(), {id: id.toNumber(), path: type.path.map(String).join("::"), def}];
      }),
    );
  }

  pallets<Type>(typeOf: (id: number) => Type): ReadPallet<Type>[] {
    const {lookup} = this.#registry;
    const variants = (id: SiLookupTypeId | undefined): ReadVariant<Type>[] =>
      id === undefined
        ? []
        : lookup.getSiType(id).def.asVariant.variants.map(({index, name, fields}: Si1Variant) => ({
            index: index.toNumber(),
            name: name.toString(),
            fields: fields.map(field => ({
              name: field.name.unwrapOr("").toString(),
              type: typeOf(field.type.toNumber()),
            })),
          }));
    return this.#metadata.asLatest.pallets.map(pallet => ({
      name: pallet.name.toString(),
      index: pallet.index.toNumber(),
      calls: variants(pallet.calls.unwrapOr(undefined)?.type),
      events: variants(pallet.events.unwrapOr(undefined)?.type),
      errors: variants(pallet.errors.unwrapOr(undefined)?.type),
      storage: (pallet.storage.unwrapOr(undefined)?.items ?? []).map(
        ({name, modifier, type, fallback}) => ({
          name: name.toString(),
          modifier: modifier.type,
          hashers: type.isMap ? type.asMap.hashers.map(hasher => hasher.type) : [],
          key: type.isMap ? typeOf(type.asMap.key.toNumber()) : undefined,
          value: typeOf((type.isMap ? type.asMap.value : type.asPlain).toNumber()),
          fallback: fallback.toHex(),
        }),
      ),
      constants: pallet.constants.map(({name, type, value}) => ({
        name: name.toString(),
        type: typeOf(type.toNumber()),
        value: value.toHex(),
      })),
    }));
  }
}
