import {type Code, leb} from "./instructions.ts";

/** Opcodes of "fixed-width SIMD" (WebAssembly 2.0, §5.4.8) stand behind this byte, as LEB128 numbers. */
const PREFIX = 0xfd;

/** A v128: 16 bytes, or four numbers of 32 bits, or two of 64. */
const LANE_BYTES = 4;

const opcode = (number: number): Code => [PREFIX, ...leb(number)];

const binary =
  (number: number) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode(number)];

/** The shift's width is an i32. */
const shift =
  (number: number) =>
  (a: Code, bits: Code): Code => [...a, ...bits, ...opcode(number)];

const load =
  (number: number) =>
  (address: Code, offset = 0): Code => [...address, ...opcode(number), 0, ...leb(offset)];

export const v128 = {
  load: load(0x00),
  /** Eight bytes, twice. */
  loadTwice: load(0x0a),
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...opcode(0x0b),
    0,
    ...leb(offset),
  ],
  const: (bytes: Uint8Array): Code => [...opcode(0x0c), ...bytes],
  and: binary(0x4e),
  xor: binary(0x51),
} as const;

export const i32x4 = {
  const: (...lanes: readonly [number, number, number, number]): Code =>
    v128.const(new Uint8Array(Int32Array.from(lanes).buffer)),
  add: binary(0xae),
  sub: binary(0xb1),
  /** The low halves of the products. */
  mul: binary(0xb5),
  /** Four lanes chosen from the eight of two vectors: 0 to 3 of `a`, 4 to 7 of `b`. */
  shuffle: (a: Code, b: Code, lanes: readonly [number, number, number, number]): Code => [
    ...a,
    ...b,
    ...opcode(0x0d),
    ...lanes.flatMap(lane => [0, 1, 2, 3].map(byte => LANE_BYTES * lane + byte)),
  ],
} as const;

export const i64x2 = {
  const: (...lanes: readonly [bigint, bigint]): Code =>
    v128.const(
      new Uint8Array(BigUint64Array.from(lanes.map(each => BigInt.asUintN(64, each))).buffer),
    ),
  add: binary(0xce),
  sub: binary(0xd1),
  shl: shift(0xcb),
  /** Zeros come in from above. */
  shr: shift(0xcd),
  /** Full signed products of the lanes 0 and 1 of two i32x4. */
  productOfLow: binary(0xdc),
  /** Full signed products of the lanes 2 and 3. */
  productOfHigh: binary(0xdd),
} as const;
