import type {Codec} from "./codec.ts";
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

export const u8 = primitive<number>(
  "u8",
  (value, sink) => sink.u8(value),
  source => source.u8(),
);
export const u16 = primitive<number>(
  "u16",
  (value, sink) => sink.u16(value),
  source => source.u16(),
);
export const u32 = primitive<number>(
  "u32",
  (value, sink) => sink.u32(value),
  source => source.u32(),
);
export const u64 = primitive<bigint>(
  "u64",
  (value, sink) => sink.u64(value),
  source => source.u64(),
);
export const u128 = primitive<bigint>(
  "u128",
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

/** Largest value of each width, for saturating arithmetic. */
export const MAX_U32 = 0xffff_ffff;
export const MAX_U64 = 0xffff_ffff_ffff_ffffn;
export const MAX_U128 = (1n << 128n) - 1n;
