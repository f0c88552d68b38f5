import {
  compactU32,
  compactU64,
  compactU128,
  type PrimitiveName,
  type Source,
  type TypeInfo,
} from "#codec";
import {expect} from "./misfit.ts";
import type {ValueNode} from "./walk.ts";

export type IntegerName = Exclude<PrimitiveName, "bool" | "char" | "str">;

/** Widest integer that is a number in JavaScript; wider ones are bigints, whatever their value. */
const WIDEST_NUMBER = 32;

const READERS: Readonly<Record<IntegerName, (source: Source) => number | bigint>> = {
  u8: source => source.u8(),
  u16: source => source.u16(),
  u32: source => source.u32(),
  u64: source => source.u64(),
  u128: source => source.u128(),
  u256: readU256,
  i8: source => (source.u8() << 24) >> 24,
  i16: source => (source.u16() << 16) >> 16,
  i32: source => source.u32() | 0,
  i64: source => BigInt.asIntN(64, source.u64()),
  i128: source => BigInt.asIntN(128, source.u128()),
  i256: source => BigInt.asIntN(256, readU256(source)),
};

function readU256(source: Source): bigint {
  const low = source.u128();
  return (source.u128() << 128n) | low;
}

export function integerNode(name: IntegerName): ValueNode {
  const read = READERS[name];
  const bits = bitsOf(name);
  const {low, high} = boundsOf(name);
  return {
    read: ({source}) => read(source),
    write({sink}, value) {
      let rest = BigInt.asUintN(bits, exactInteger(value, low, high));
      for (let i = 0; i < bits; i += 8) {
        sink.u8(Number(rest & 0xffn));
        rest >>= 8n;
      }
    },
  };
}

/** A number or a bigint within bounds; a fraction, or a number too large to be exact, is none. */
function exactInteger(value: unknown, low: bigint, high: bigint): bigint {
  const exact =
    typeof value === "bigint"
      ? value
      : typeof value === "number" && Number.isSafeInteger(value)
        ? BigInt(value)
        : undefined;
  if (exact !== undefined && exact >= low && exact <= high) return exact;
  return expect(`a whole number from ${low} to ${high}, a bigint where it is beyond 2^53 - 1`);
}

const bitsOf = (name: IntegerName) => Number(name.slice(1));

function boundsOf(name: IntegerName): {low: bigint; high: bigint} {
  const bits = BigInt(bitsOf(name));
  const half = 1n << (bits - 1n);
  return name.startsWith("i") ? {low: -half, high: half - 1n} : {low: 0n, high: (1n << bits) - 1n};
}

/** Newtypes that may lie around an integer, or around each other. */
const MOST_WRAPPERS = 64;

/** The type within types that have nothing else in them: `Perbill(u32)` is a u32. */
export function unwrapped(type: TypeInfo): TypeInfo {
  let inner = type;
  for (let i = 0; i < MOST_WRAPPERS; i++) {
    const {def} = inner;
    if (def.kind !== "composite" || def.fields.length !== 1) return inner;
    inner = def.fields[0]!.type;
  }
  return inner;
}

/** Whether the type is `()`, or a struct without fields: its value is `undefined`. */
export function isNothing(type: TypeInfo): boolean {
  const {def} = unwrapped(type);
  if (def.kind === "tuple") return def.elements.length === 0;
  return def.kind === "composite" && def.fields.length === 0;
}

/** The compact form of an integer, or of nothing; undefined for types that have none. */
export function compactNode(inner: TypeInfo): ValueNode | undefined {
  if (isNothing(inner)) return {read: () => undefined, write() {}};
  const {def} = unwrapped(inner);
  if (def.kind !== "primitive") return undefined;
  switch (def.name) {
    case "u8":
    case "u16":
    case "u32":
      return compactInteger(def.name, source => BigInt(compactU32.decodeFrom(source)));
    case "u64":
      return compactInteger(def.name, source => compactU64.decodeFrom(source));
    case "u128":
      return compactInteger(def.name, source => compactU128.decodeFrom(source));
    default:
      return undefined;
  }
}

function compactInteger(name: IntegerName, read: (source: Source) => bigint): ValueNode {
  const {low, high} = boundsOf(name);
  const isNumber = bitsOf(name) <= WIDEST_NUMBER;
  return {
    read({source}) {
      const value = read(source);
      if (value > high) source.fail("invalid-value", `${value} is no ${name}`);
      return isNumber ? Number(value) : value;
    },
    write({sink}, value) {
      compactU128.encodeTo(exactInteger(value, low, high), sink);
    },
  };
}
