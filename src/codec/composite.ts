import type {Codec, ValueOf} from "./codec.ts";
import {type FieldInfo, type TypeNames, typeInfo} from "./type-info.ts";

type FieldCodecs = Readonly<Record<string, Codec<never> | Codec<unknown>>>;
export type StructOf<F> = {[K in keyof F]: ValueOf<F[K]>};

function fieldInfo(name: string | undefined, codec: Codec<unknown>): FieldInfo {
  return {
    name,
    typeName: codec.typeName,
    docs: [],
    get type() {
      return codec.info;
    },
  };
}

/** Our `lastAuthoredBlock` is upstream's `last_authored_block`, and metadata speaks upstream. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

/** Named fields, written one after another in the order they are declared. */
export function struct<F extends FieldCodecs>(
  fields: F,
  names: TypeNames = {},
): Codec<StructOf<F>> {
  const keys = Object.keys(fields);
  const codecs = keys.map(key => fields[key] as Codec<unknown>);
  const infos = keys.map((key, i) => fieldInfo(snakeCase(key), codecs[i]!));
  return {
    info: typeInfo({kind: "composite", fields: infos}, names),
    typeName: names.typeName ?? names.path?.split("::").at(-1) ?? "struct",
    fields: infos,
    encodeTo(value, sink) {
      for (let i = 0; i < codecs.length; i++) {
        codecs[i]!.encodeTo((value as Record<string, unknown>)[keys[i]!], sink);
      }
    },
    decodeFrom(source) {
      const value: Record<string, unknown> = {};
      for (let i = 0; i < codecs.length; i++) value[keys[i]!] = codecs[i]!.decodeFrom(source);
      return value as StructOf<F>;
    },
  };
}

type TupleOf<C extends readonly Codec<never>[] | readonly Codec<unknown>[]> = {
  -readonly [I in keyof C]: ValueOf<C[I]>;
};

/** Unnamed fields, written one after another. */
// biome-ignore lint/suspicious/noExplicitAny: the element types are recovered by TupleOf
export function tuple<C extends readonly Codec<any>[]>(...codecs: C): Codec<TupleOf<C>> {
  return {
    info: typeInfo({
      kind: "tuple",
      get elements() {
        return codecs.map(codec => codec.info);
      },
    }),
    typeName: `(${codecs.map(codec => codec.typeName).join(", ")})`,
    encodeTo(value, sink) {
      for (let i = 0; i < codecs.length; i++) codecs[i]!.encodeTo(value[i], sink);
    },
    decodeFrom(source) {
      return codecs.map(codec => codec.decodeFrom(source)) as TupleOf<C>;
    },
  };
}

/** Several unnamed fields of a variant, as in `Mortal(u8, u16)`; not a tuple in metadata. */
// biome-ignore lint/suspicious/noExplicitAny: the element types are recovered by TupleOf
export function unnamedFields<C extends readonly Codec<any>[]>(...codecs: C): Codec<TupleOf<C>> {
  return {...tuple(...codecs), fields: codecs.map(codec => fieldInfo(undefined, codec))};
}

/** The same bytes under a type of its own: a Rust newtype such as `Slot(u64)`. */
export function newtype<T>(inner: Codec<T>, names: TypeNames & {path: string}): Codec<T> {
  return {
    ...inner,
    info: typeInfo({kind: "composite", fields: [fieldInfo(undefined, inner)]}, names),
    typeName: names.typeName ?? names.path.split("::").at(-1)!,
  };
}

/** The same type under another name in fields, as a Rust type alias. */
export function alias<T>(inner: Codec<T>, typeName: string): Codec<T> {
  return {
    typeName,
    encodeTo: inner.encodeTo,
    decodeFrom: inner.decodeFrom,
    get info() {
      return inner.info;
    },
  };
}

/** Reads and writes as another TypeScript type; the bytes and the published type stay. */
export function mapped<T, U>(
  inner: Codec<T>,
  to: (value: U) => T,
  from: (value: T) => U,
): Codec<U> {
  return {
    typeName: inner.typeName,
    encodeTo: (value, sink) => inner.encodeTo(to(value), sink),
    decodeFrom: source => from(inner.decodeFrom(source)),
    get info() {
      return inner.info;
    },
  };
}

/** A type that is described in terms of itself: resolved at first use, its depth counted when read. */
export function lazy<T>(typeName: string, resolve: () => Codec<T>): Codec<T> {
  let resolved: Codec<T> | undefined;
  const codec = (): Codec<T> => {
    resolved ??= resolve();
    return resolved;
  };
  return {
    typeName,
    encodeTo: (value, sink) => codec().encodeTo(value, sink),
    decodeFrom: source => source.nested(() => codec().decodeFrom(source)),
    get info() {
      return codec().info;
    },
  };
}
