import type {Result} from "#base";
import {
  type Codec,
  type DecodeFailure,
  decode,
  type PrimitiveName,
  Sink,
  str,
  type TypeInfo,
} from "#codec";
import {accountNode, byteArrayNode, byteListNode, isAccount, isByte} from "./bytes.ts";
import {fieldsNode, listNode, NOTHING} from "./fields.ts";
import {compactNode, integerNode} from "./integers.ts";
import {attemptWriting, expect, type ValueMisfit} from "./misfit.ts";
import {bitsNode, itemsNode} from "./sequences.ts";
import {isUnknown} from "./unknown-type.ts";
import {variantNode} from "./variants.ts";
import {Reading, type ValueNode, Writing} from "./walk.ts";

/** Made at first use, and of what is inside only what a value has: metadata describes thousands of types. */
const nodes = new WeakMap<TypeInfo, ValueNode>();

function nodeOf(type: TypeInfo): ValueNode {
  let node = nodes.get(type);
  if (node === undefined) {
    node = createNode(type);
    nodes.set(type, node);
  }
  return node;
}

function createNode(type: TypeInfo): ValueNode {
  const {def} = type;
  if (isUnknown(type)) return unknownNode(type.unknown);
  switch (def.kind) {
    case "primitive":
      return primitiveNode(def.name);
    case "compact":
      return compactNode(def.inner) ?? unknownNode(`Compact<${typeNameOf(def.inner)}>`);
    case "bitSequence":
      return bitsNode(def.store, def.order) ?? unknownNode("BitVec");
    case "composite":
      return isAccount(type) ? accountNode : fieldsNode(def.fields, nodeOf);
    case "tuple":
      return def.elements.length === 0 ? NOTHING : listNode(() => def.elements, nodeOf);
    case "array":
      return isByte(def.element)
        ? byteArrayNode(def.length)
        : itemsNode(() => nodeOf(def.element), def.length);
    case "sequence":
      return isByte(def.element) ? byteListNode : itemsNode(() => nodeOf(def.element), undefined);
    case "variant":
      return variantNode(type, def.variants, nodeOf);
  }
}

function unknownNode(text: string): ValueNode {
  return {
    read: ({source}) => source.fail("type-unknown", `nothing is known of the type ${text}`),
    write: () => expect(`a value of ${text}, of which nothing is known`, "type-unknown"),
  };
}

const boolNode: ValueNode = {
  read({source}) {
    const byte = source.u8();
    if (byte > 1) source.fail("invalid-value", `${byte} is not a bool`);
    return byte === 1;
  },
  write({sink}, value) {
    if (typeof value !== "boolean") expect("true or false");
    sink.u8(value ? 1 : 0);
  },
};

/** A Unicode scalar value: what Rust's `char` may be. */
const isScalar = (point: number) => point <= 0x10_ffff && !(point >= 0xd800 && point <= 0xdfff);

const charNode: ValueNode = {
  read({source}) {
    const point = source.u32();
    if (!isScalar(point)) source.fail("invalid-value", `${point} is no character`);
    return String.fromCodePoint(point);
  },
  write({sink}, value) {
    const points = typeof value === "string" ? [...value] : [];
    const point = points.length === 1 ? points[0]!.codePointAt(0)! : -1;
    if (point < 0 || !isScalar(point)) expect("a text of one character");
    sink.u32(point);
  },
};

const strNode: ValueNode = {
  read: ({source}) => str.decodeFrom(source),
  write({sink}, value) {
    if (typeof value !== "string") return expect("a text");
    str.encodeTo(value, sink);
  },
};

function primitiveNode(name: PrimitiveName): ValueNode {
  switch (name) {
    case "bool":
      return boolNode;
    case "char":
      return charNode;
    case "str":
      return strNode;
    default:
      return integerNode(name);
  }
}

/** For people. */
export function typeNameOf(type: TypeInfo): string {
  if (isUnknown(type)) return type.unknown;
  return type.path.at(-1) ?? (type.def.kind === "primitive" ? type.def.name : type.def.kind);
}

const codecs = new WeakMap<TypeInfo, Codec<unknown>>();

/**
 * The codec of a type as metadata describes it. Values have the shape that codecs declared in code give them: structs
 * as objects in camelCase, a struct of one unnamed field as what it holds, several as a list; enums as `{type, value}`,
 * as a name alone where no case has fields; options as the value or undefined; results as `{ok, …}`; integers up to 32
 * bits as numbers, wider ones as bigints; bytes as `Uint8Array`; bits as `{length, bytes}`; maps and sets as lists.
 *
 * `encodeTo` throws `MisfitError` where a value does not fit (`writeValue` makes a failure of it).
 */
export function codecOf(type: TypeInfo): Codec<unknown> {
  let codec = codecs.get(type);
  if (codec === undefined) {
    const node = nodeOf(type);
    codec = {
      info: type,
      typeName: typeNameOf(type),
      encodeTo: (value, sink) => node.write(new Writing(sink), value),
      decodeFrom: source => node.read(new Reading(source)),
    };
    codecs.set(type, codec);
  }
  return codec;
}

/** Exactly one value of the type. A type that is not known is a failure with the code `type-unknown`. */
export function readValue(type: TypeInfo, bytes: Uint8Array): Result<unknown, DecodeFailure> {
  return decode(codecOf(type), bytes);
}

/** A value in SCALE, or where it does not fit. */
export function writeValue(type: TypeInfo, value: unknown): Result<Uint8Array, ValueMisfit> {
  return attemptWriting(() => {
    const sink = new Sink();
    codecOf(type).encodeTo(value, sink);
    return sink.takeCopy();
  });
}
