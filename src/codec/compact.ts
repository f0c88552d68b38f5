import type {Codec} from "./codec.ts";
import {OutOfRange} from "./out-of-range.ts";
import {MAX_U32, MAX_U64, MAX_U128, u32, u64, u128} from "./primitive.ts";
import type {Sink} from "./sink.ts";
import type {Source} from "./source.ts";
import {type TypeInfo, typeInfo} from "./type-info.ts";

/** Writes a number below 2^53 in SCALE's compact form: two low bits tell 1, 2, 4 bytes or a counted length. */
export function writeCompact(value: number, sink: Sink): void {
  if (!(Number.isSafeInteger(value) && value >= 0)) outOfRange(value, "compact number");
  if (value < 0x40) sink.u8(value << 2);
  else if (value < 0x4000) sink.u16((value << 2) | 1);
  else if (value < 0x4000_0000) sink.u32(((value << 2) | 2) >>> 0);
  else writeBigCompact(BigInt(value), sink);
}

function writeBigCompact(value: bigint, sink: Sink): void {
  if (value < 0x4000_0000n) {
    writeCompact(Number(value), sink);
    return;
  }
  let count = 0;
  for (let rest = value; rest > 0n; rest >>= 8n) count++;
  if (count < 4) count = 4;
  sink.u8(((count - 4) << 2) | 3);
  for (let i = 0; i < count; i++) {
    sink.u8(Number(value & 0xffn));
    value >>= 8n;
  }
}

/** Reads a compact number of at most `maxBits`. A form longer than needed is refused, as Substrate does. */
function readBigCompact(source: Source, maxBits: number): bigint {
  const first = source.u8();
  const mode = first & 3;
  if (mode < 3) return BigInt(readSmall(source, first, mode));
  const count = (first >> 2) + 4;
  if (count * 8 > maxBits) source.fail("invalid-value", `compact of ${count} bytes is too wide`);
  let value = 0n;
  for (let i = 0; i < count; i++) value |= BigInt(source.u8()) << BigInt(8 * i);
  const smallest = count === 4 ? 0x4000_0000n : 1n << BigInt(8 * (count - 1));
  if (value < smallest) source.fail("invalid-value", "compact is not in its shortest form");
  return value;
}

function readSmall(source: Source, first: number, mode: number): number {
  if (mode === 0) return first >> 2;
  if (mode === 1) {
    const value = ((source.u8() << 8) | first) >> 2;
    if (value < 0x40) source.fail("invalid-value", "compact is not in its shortest form");
    return value;
  }
  const start = source.advance(3);
  const value =
    (first >> 2) +
    source.bytes[start]! * 2 ** 6 +
    source.bytes[start + 1]! * 2 ** 14 +
    source.bytes[start + 2]! * 2 ** 22;
  if (value < 0x4000) source.fail("invalid-value", "compact is not in its shortest form");
  return value;
}

/** A compact u32, the form of every length. */
export function readCompact(source: Source): number {
  const first = source.u8();
  const mode = first & 3;
  if (mode < 3) return readSmall(source, first, mode);
  source.offset--;
  return Number(readBigCompact(source, 32));
}

function outOfRange(value: number | bigint, name: string): never {
  throw new OutOfRange(value, name);
}

function compactInfo(inner: TypeInfo): TypeInfo {
  return typeInfo({kind: "compact", inner});
}

function within(highest: bigint, name: string) {
  return (value: bigint, sink: Sink): void => {
    if (!(value >= 0n && value <= highest)) outOfRange(value, name);
    writeBigCompact(value, sink);
  };
}

export const compactU32: Codec<number> = {
  info: compactInfo(u32.info),
  typeName: "Compact<u32>",
  encodeTo(value, sink) {
    if (value > MAX_U32) outOfRange(value, "Compact<u32>");
    writeCompact(value, sink);
  },
  decodeFrom: readCompact,
};

export const compactU64: Codec<bigint> = {
  info: compactInfo(u64.info),
  typeName: "Compact<u64>",
  encodeTo: within(MAX_U64, "Compact<u64>"),
  decodeFrom: source => readBigCompact(source, 64),
};

export const compactU128: Codec<bigint> = {
  info: compactInfo(u128.info),
  typeName: "Compact<u128>",
  encodeTo: within(MAX_U128, "Compact<u128>"),
  decodeFrom: source => readBigCompact(source, 128),
};
