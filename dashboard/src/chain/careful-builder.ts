import {getDynamicBuilder, type getLookupFn} from "@polkadot-api/metadata-builders";
import {
  type Codec,
  createCodec,
  Storage,
  type UnifiedMetadata,
} from "@polkadot-api/substrate-bindings";
import {hexToBytes} from "./bytes.ts";
import type {OldMetadata} from "./named-types/index.ts";
import {refuseOutOfRange} from "./number-range.ts";

type Lookup = ReturnType<typeof getLookupFn>;
type DynamicBuilder = ReturnType<typeof getDynamicBuilder>;
type BuiltStorage = Pick<ReturnType<DynamicBuilder["buildStorage"]>, "keys" | "value" | "len"> & {
  /** What stands for a value that is not stored; undefined where that is nothing. */
  readonly fallback: unknown;
};

/** Codecs by names and types, each made when it is asked for. */
export interface CarefulBuilder
  extends Pick<DynamicBuilder, "buildDefinition" | "buildCall" | "buildConstant" | "ss58Prefix"> {
  buildStorage(pallet: string, entry: string): BuiltStorage;
}

/** How many hex digits of a storage key are the pallet's, after `0x`: the hash of its prefix. */
const PALLET_DIGITS = 32;

/**
 * Codecs of a runtime, which refuse numbers that are too wide, say in words what they cannot read or write where its
 * metadata is old, and keys that begin
 * with what the pallet is called in storage: another name than the pallet's, where there are several of a kind.
 */
export function carefulBuilder(lookup: Lookup, old: OldMetadata | undefined): CarefulBuilder {
  const {metadata} = lookup;
  const builder = getDynamicBuilder(withoutDefaults(lookup));
  const careful = <T>(codec: Codec<T>, types: readonly number[]): Codec<T> =>
    old === undefined ? codec : explained(codec, types, old);
  const palletOf = (name: string) => metadata.pallets.find(each => each.name === name)!;
  return {
    ss58Prefix: builder.ss58Prefix,
    buildDefinition: type =>
      careful(inRange(builder.buildDefinition(type), [lookup, type]), [type]),
    buildConstant(pallet, name) {
      const {type} = palletOf(pallet).constants.find(each => each.name === name)!;
      return careful(builder.buildConstant(pallet, name), [type]);
    },
    buildCall(pallet, name) {
      const {location, codec} = builder.buildCall(pallet, name);
      const calls = palletOf(pallet).calls!.type;
      const def = metadata.lookup[calls]!.def;
      const fields =
        def.tag === "variant" ? def.value.find(each => each.name === name)!.fields : [];
      return {
        location,
        codec: careful(
          inRange(codec, [lookup, calls], name),
          fields.map(({type}) => type),
        ),
      };
    },
    buildStorage(pallet, entry) {
      const {keys, value, len} = builder.buildStorage(pallet, entry);
      const {prefix, items} = palletOf(pallet).storage!;
      const item = items.find(each => each.name === entry)!;
      const type = item.type.tag === "plain" ? item.type.value : item.type.value.value;
      const stored = careful(inRange(value, [lookup, type]), [type]);
      return {
        len,
        value: stored,
        keys: prefixed(keys, pallet, prefix),
        get fallback() {
          return item.modifier === 1 ? stored.dec(item.fallback) : undefined;
        },
      };
    },
  };
}

/** Numbers that are too wide are refused, not cut. A call is one case of its pallet's. */
const inRange = <T>(codec: Codec<T>, [lookup, type]: [Lookup, number], call?: string): Codec<T> =>
  createCodec<T>(value => {
    refuseOutOfRange(lookup(type), call === undefined ? value : {type: call, value});
    return codec.enc(value);
  }, codec.dec);

/** The builder reads an entry's default when it is built, and an entry of which nothing is known could not be built then. */
function withoutDefaults(lookup: Lookup): Lookup {
  const {metadata} = lookup;
  const pallets = metadata.pallets.map(pallet => ({
    ...pallet,
    storage: pallet.storage && {
      ...pallet.storage,
      items: pallet.storage.items.map(item => ({...item, modifier: 0})),
    },
  }));
  return Object.assign((type: number) => lookup(type), {
    metadata: {...metadata, pallets} as UnifiedMetadata,
    call: lookup.call,
  });
}

function explained<T>(codec: Codec<T>, types: readonly number[], old: OldMetadata): Codec<T> {
  return createCodec<T>(
    value => {
      try {
        return codec.enc(value);
      } catch (error) {
        const unknown = types.flatMap(old.unknownIn);
        if (unknown.length === 0) throw error;
        throw new Error(`${unknown.join(", ")}: ${UNDESCRIBED}`);
      }
    },
    input => {
      const whole = wholeBytes(input);
      const [type] = types;
      // Types that are taken by their names are held to take all bytes that there are, and no more.
      const why = whole && type !== undefined ? old.whyUnread(type, whole) : undefined;
      if (why !== undefined) throw new Error(why);
      return codec.dec(input);
    },
  );
}

const UNDESCRIBED = "this chain's metadata names this and does not say what it is";

/** All that there is to read; undefined within something larger, whose place in it is the library's own. */
function wholeBytes(input: unknown): Uint8Array | undefined {
  if (typeof input === "string") return hexToBytes(input);
  return input instanceof Uint8Array && Object.getPrototypeOf(input) === Uint8Array.prototype
    ? input
    : undefined;
}

type Keys = BuiltStorage["keys"];

/** Storage keys as the library makes them of the pallet's name, with the hash of another one in front. */
function prefixed(keys: Keys, pallet: string, prefix: string): Keys {
  if (prefix === pallet) return keys;
  const [from, to] = [pallet, prefix].map(name =>
    Storage(name)("")
      .enc()
      .slice(0, 2 + PALLET_DIGITS),
  );
  return {
    enc: (...args) => to! + keys.enc(...args).slice(to!.length),
    dec: key => {
      if (!key.startsWith(to!)) throw new Error(`this is no key of ${prefix}'s`);
      return keys.dec(from! + key.slice(to!.length));
    },
  };
}
