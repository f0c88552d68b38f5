import type {Codec} from "./codec.ts";
import {OutOfRange} from "./out-of-range.ts";
import type {Sink} from "./sink.ts";
import type {Source} from "./source.ts";
import {type PrimitiveName, typeInfo} from "./type-info.ts";

function primitive<T>(
  name: PrimitiveName,
  encodeTo: (value: T, sink: Sink) => void,
  decodeFrom: (source: Source) => T,
): Codec<T> {
  return {info: typeInfo({kind: "primitive", name}), typeName: name, encodeTo, decodeFrom};
}

/** Largest value of each width: for saturating arithmetic, and as the bound of what is given. */
export const MAX_U32 = 0xffff_ffff;
export const MAX_U64 = 0xffff_ffff_ffff_ffffn;
export const MAX_U128 = (1n << 128n) - 1n;

/**
 * Whoever takes a number from outside refuses it by its place before it gets here. One that is too wide all the same is
 * a bug, and ends as one instead of as another number: typed arrays would cut it off without a word.
 */
function outOfRange(value: unknown, name: string): never {
  throw new OutOfRange(value, name);
}

function small(
  name: "u8" | "u16" | "u32",
  highest: number,
  write: (value: number, sink: Sink) => void,
  read: (source: Source) => number,
): Codec<number> {
  const encodeTo = (value: number, sink: Sink) => {
    if (!(Number.isInteger(value) && value >= 0 && value <= highest)) outOfRange(value, name);
    write(value, sink);
  };
  return primitive(name, encodeTo, read);
}

function wide(
  name: "u64" | "u128",
  highest: bigint,
  write: (value: bigint, sink: Sink) => void,
  read: (source: Source) => bigint,
): Codec<bigint> {
  const encodeTo = (value: bigint, sink: Sink) => {
    if (!(typeof value === "bigint" && value >= 0n && value <= highest)) outOfRange(value, name);
    write(value, sink);
  };
  return primitive(name, encodeTo, read);
}

export const u8 = small(
  "u8",
  0xff,
  (value, sink) => sink.u8(value),
  source => source.u8(),
);
export const u16 = small(
  "u16",
  0xffff,
  (value, sink) => sink.u16(value),
  source => source.u16(),
);
export const u32 = small(
  "u32",
  MAX_U32,
  (value, sink) => sink.u32(value),
  source => source.u32(),
);
export const u64 = wide(
  "u64",
  MAX_U64,
  (value, sink) => sink.u64(value),
  source => source.u64(),
);
export const u128 = wide(
  "u128",
  MAX_U128,
  (value, sink) => sink.u128(value),
  source => source.u128(),
);

export const bool = primitive<boolean>(
  "bool",
  (value, sink) => sink.u8(value ? 1 : 0),
  source => {
    const byte = source.u8();
    if (byte > 1) source.fail("invalid-value", `${byte} is not a bool`);
    return byte === 1;
  },
);

/** The type of nothing: no bytes. */
export const unit: Codec<undefined> = {
  info: typeInfo({kind: "tuple", elements: []}),
  typeName: "()",
  fields: [],
  encodeTo() {},
  decodeFrom: () => undefined,
};
