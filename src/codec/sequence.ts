import {bytesToHex, utf8Bytes} from "#base";
import type {Codec} from "./codec.ts";
import {readCompact, writeCompact} from "./compact.ts";
import {u8} from "./primitive.ts";
import type {Source} from "./source.ts";
import {type TypeNames, typeInfo} from "./type-info.ts";

/** Longest list of items that take no bytes: nothing in the input bounds these. */
const MAX_EMPTY_ITEMS = 65_536;

/** A length-prefixed list. With `bound`, longer lists do not decode (a `BoundedVec`). */
export function vec<T>(element: Codec<T>, names: TypeNames & {bound?: number} = {}): Codec<T[]> {
  const {bound} = names;
  const sequence = typeInfo({
    kind: "sequence",
    get element() {
      return element.info;
    },
  });
  const info =
    names.path === undefined
      ? sequence
      : typeInfo(
          {
            kind: "composite",
            fields: [{name: undefined, typeName: "Vec<T>", type: sequence, docs: []}],
          },
          names,
        );
  return {
    info,
    typeName: names.typeName ?? `Vec<${element.typeName}>`,
    encodeTo(values, sink) {
      writeCompact(values.length, sink);
      for (const value of values) element.encodeTo(value, sink);
    },
    decodeFrom(source) {
      const count = readCompact(source);
      if (bound !== undefined && count > bound) {
        source.fail("too-long", `${count} items, at most ${bound}`);
      }
      const values: T[] = [];
      for (let i = 0; i < count; i++) {
        const before = source.offset;
        values.push(element.decodeFrom(source));
        if (source.offset === before && count > MAX_EMPTY_ITEMS) {
          source.fail("too-long", `${count} items that take no bytes`);
        }
      }
      return values;
    },
  };
}

/** `Vec<u8>` as one array. */
export const bytes: Codec<Uint8Array> = {
  info: vec(u8).info,
  typeName: "Vec<u8>",
  encodeTo(value, sink) {
    writeCompact(value.length, sink);
    sink.raw(value);
  },
  decodeFrom: source => source.take(readCompact(source)),
};

/** `[u8; length]`. */
export function fixedBytes(length: number, names: TypeNames = {}): Codec<Uint8Array> {
  const array = typeInfo({kind: "array", length, element: u8.info});
  const info =
    names.path === undefined
      ? array
      : typeInfo(
          {
            kind: "composite",
            fields: [{name: undefined, typeName: `[u8; ${length}]`, type: array, docs: []}],
          },
          names,
        );
  return {
    info,
    typeName: names.typeName ?? `[u8; ${length}]`,
    encodeTo(value, sink) {
      if (value.length !== length) {
        throw new RangeError(`${bytesToHex(value)} has ${value.length} bytes, not ${length}`);
      }
      sink.raw(value);
    },
    decodeFrom: source => source.take(length),
  };
}

/** A byte order mark is text like any other here: it must come out as it went in. */
const UTF8_DECODER = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true});

function readUtf8(source: Source): string {
  const text = source.take(readCompact(source));
  try {
    return UTF8_DECODER.decode(text);
  } catch {
    return source.fail("invalid-value", "text is not UTF-8");
  }
}

/** A UTF-8 string. */
export const str: Codec<string> = {
  info: typeInfo({kind: "primitive", name: "str"}),
  typeName: "Text",
  encodeTo(value, sink) {
    const utf8 = utf8Bytes(value);
    writeCompact(utf8.length, sink);
    sink.raw(utf8);
  },
  decodeFrom: readUtf8,
};
