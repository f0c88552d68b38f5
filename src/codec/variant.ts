import type {Result} from "#base";
import {err, ok} from "#base";
import type {Codec, ValueOf} from "./codec.ts";
import {type FieldInfo, type TypeNames, typeInfo} from "./type-info.ts";

/** index on the wire, codec of the fields, and optional docs. */
export type VariantCase = readonly [
  index: number,
  fields: Codec<never> | Codec<unknown>,
  docs?: string,
];

/** A tagged union in TypeScript: `{type: "Id", value: …}`; `value` is undefined for a case without fields. */
export type VariantOf<C> = {
  [K in keyof C]: C[K] extends readonly [number, infer F, ...unknown[]]
    ? ValueOf<F> extends undefined
      ? {readonly type: K; readonly value?: undefined}
      : {readonly type: K; readonly value: ValueOf<F>}
    : never;
}[keyof C];

/** What metadata lists as the fields of a case: those of an anonymous struct, or the value as one unnamed field. */
export function fieldsOf(codec: Codec<unknown>): readonly FieldInfo[] {
  if (codec.fields !== undefined && codec.info.path.length === 0) return codec.fields;
  return singleField(codec);
}

function singleField(codec: Codec<unknown>): FieldInfo[] {
  return [
    {
      name: undefined,
      typeName: codec.typeName,
      docs: [],
      get type() {
        return codec.info;
      },
    },
  ];
}

/** An enum with data: one byte of index, then the fields of that case. */
export function variant<C extends Readonly<Record<string, VariantCase>>>(
  cases: C,
  names: TypeNames = {},
): Codec<VariantOf<C>> {
  const byName = new Map<string, {index: number; codec: Codec<unknown>}>();
  const byIndex: ({name: string; codec: Codec<unknown>} | undefined)[] = [];
  for (const [name, [index, codec]] of Object.entries(cases)) {
    byName.set(name, {index, codec: codec as Codec<unknown>});
    byIndex[index] = {name, codec: codec as Codec<unknown>};
  }
  const typeName = names.typeName ?? names.path?.split("::").at(-1) ?? "enum";
  return {
    info: typeInfo(
      {
        kind: "variant",
        get variants() {
          return Object.entries(cases).map(([name, [index, codec, docs]]) => ({
            name,
            index,
            fields: fieldsOf(codec as Codec<unknown>),
            docs: docs === undefined ? [] : [docs],
          }));
        },
      },
      names,
    ),
    typeName,
    encodeTo(value, sink) {
      const {type, value: fields} = value as {type: string; value?: unknown};
      const found = byName.get(type);
      if (found === undefined) throw new RangeError(`${typeName} has no case ${type}`);
      sink.u8(found.index);
      found.codec.encodeTo(fields, sink);
    },
    decodeFrom(source) {
      const index = source.u8();
      const found = byIndex[index];
      if (found === undefined)
        return source.fail("invalid-value", `${typeName} has no case ${index}`);
      return {type: found.name, value: found.codec.decodeFrom(source)} as VariantOf<C>;
    },
  };
}

/** `Option<T>`: undefined is `None`. */
export function option<T>(inner: Codec<T>): Codec<T | undefined> {
  return {
    typeName: `Option<${inner.typeName}>`,
    get info() {
      return typeInfo(
        {
          kind: "variant",
          variants: [
            {name: "None", index: 0, fields: [], docs: []},
            {name: "Some", index: 1, fields: singleField(inner as Codec<unknown>), docs: []},
          ],
        },
        {path: "Option", params: [{name: "T", type: inner.info}]},
      );
    },
    encodeTo(value, sink) {
      sink.u8(value === undefined ? 0 : 1);
      if (value !== undefined) inner.encodeTo(value, sink);
    },
    decodeFrom(source) {
      const tag = source.u8();
      if (tag > 1) source.fail("invalid-value", `${tag} is no option`);
      return tag === 0 ? undefined : inner.decodeFrom(source);
    },
  };
}

/** `Result<T, E>` of Rust. */
export function result<T, E>(value: Codec<T>, error: Codec<E>): Codec<Result<T, E>> {
  return {
    typeName: `Result<${value.typeName}, ${error.typeName}>`,
    get info() {
      return typeInfo(
        {
          kind: "variant",
          variants: [
            {name: "Ok", index: 0, fields: singleField(value as Codec<unknown>), docs: []},
            {name: "Err", index: 1, fields: singleField(error as Codec<unknown>), docs: []},
          ],
        },
        {
          path: "Result",
          params: [
            {name: "T", type: value.info},
            {name: "E", type: error.info},
          ],
        },
      );
    },
    encodeTo(outcome, sink) {
      if (outcome.ok) {
        sink.u8(0);
        value.encodeTo(outcome.value, sink);
      } else {
        sink.u8(1);
        error.encodeTo(outcome.error, sink);
      }
    },
    decodeFrom(source) {
      const tag = source.u8();
      if (tag > 1) source.fail("invalid-value", `${tag} is no result`);
      return tag === 0 ? ok(value.decodeFrom(source)) : err(error.decodeFrom(source));
    },
  };
}
