/** Encoded instructions. An expression leaves one value on the stack, a statement none. */
export type Code = readonly number[];

/**
 * The types of values that we use. The hosts of light clients know the first two and no other that we could need; `v128`
 * (see `simd.ts`) is for modules that run beside ourselves.
 */
export type ValueType = "i32" | "i64" | "v128";

/** Numbers in instructions are LEB128, signed: seven bits a byte, low first, the last byte's bit 6 is the sign. */
function signedLeb(value: bigint): number[] {
  const out: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(BigInt.asUintN(7, rest));
    rest >>= 7n;
    const done = rest === 0n ? (low & 0x40) === 0 : rest === -1n && (low & 0x40) !== 0;
    out.push(done ? low : low | 0x80);
    if (done) return out;
  }
}

/** An unsigned LEB128 number: an index, a count or an offset. */
export function leb(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    out.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return out;
}

const unary =
  (opcode: number) =>
  (a: Code): Code => [...a, opcode];
const binary =
  (opcode: number) =>
  (a: Code, b: Code): Code => [...a, ...b, opcode];
/** Memory is read and written without a promise of alignment (the zero): SCALE has none. */
const load =
  (opcode: number) =>
  (address: Code, offset = 0): Code => [...address, opcode, 0, ...leb(offset)];
const store =
  (opcode: number) =>
  (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    opcode,
    0,
    ...leb(offset),
  ];

/** Opcodes of WebAssembly 1.0 ("MVP"), §5.4; numbers are unsigned throughout. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signedLeb(BigInt(value | 0))],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  div: binary(0x6e),
  rem: binary(0x70),
  and: binary(0x71),
  or: binary(0x72),
  shl: binary(0x74),
  shr: binary(0x76),
  xor: binary(0x73),
  rotl: binary(0x77),
  /** How many bits are zero before the first that is not. */
  clz: unary(0x67),
  not: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  lt: binary(0x49),
  gt: binary(0x4b),
  le: binary(0x4d),
  ge: binary(0x4f),
  /** The low half of an i64. */
  low: unary(0xa7),
  load: load(0x28),
  load8: load(0x2d),
  load16: load(0x2f),
  store: store(0x36),
  store8: store(0x3a),
} as const;

export const i64 = {
  const: (value: bigint): Code => [0x42, ...signedLeb(BigInt.asIntN(64, value))],
  add: binary(0x7c),
  sub: binary(0x7d),
  mul: binary(0x7e),
  div: binary(0x80),
  rem: binary(0x82),
  and: binary(0x83),
  or: binary(0x84),
  xor: binary(0x85),
  shl: binary(0x86),
  shr: binary(0x88),
  rotl: binary(0x89),
  rotr: binary(0x8a),
  isZero: unary(0x50),
  ne: binary(0x52),
  lt: binary(0x54),
  gt: binary(0x56),
  /** To the right, the sign coming in from above. */
  shrSigned: binary(0x87),
  /** An i32 as the low half of an i64. */
  extend: unary(0xad),
  load: load(0x29),
  /** A signed i32. */
  load32Signed: load(0x34),
  load32: load(0x35),
  store: store(0x37),
  /** Stores the low half. */
  store32: store(0x3e),
} as const;

const VOID = 0x40;
const END = 0x0b;

export const unreachable: Code = [0x00];

export const leave = (value: Code): Code => [...value, 0x0f];

export const drop = (value: Code): Code => [...value, 0x1a];

/** Runs `body` if `condition` is not zero. */
export const when = (condition: Code, body: Code, otherwise?: Code): Code => [
  ...condition,
  ...[0x04, VOID],
  ...body,
  ...(otherwise === undefined ? [] : [0x05, ...otherwise]),
  END,
];

/** An i32 expression: one of two, of which only the chosen one is computed. */
export const choose = (condition: Code, value: Code, otherwise: Code): Code => [
  ...condition,
  ...[0x04, 0x7f],
  ...value,
  0x05,
  ...otherwise,
  END,
];

/** Repeats `body` as long as `condition`, looked at before each round, is not zero. */
export const whileTrue = (condition: Code, body: Code): Code => [
  ...[0x02, VOID, 0x03, VOID],
  ...condition,
  ...[0x45, 0x0d, 1],
  ...body,
  ...[0x0c, 0, END, END],
];

/** Ends the call without an answer, as a panic does. */
export const trapIf = (condition: Code): Code => when(condition, unreachable);

/**
 * Runs the case whose number `index` is, the last one for all numbers beyond. Each case has to leave the function: what
 * comes after a case is the next.
 */
export const switchOn = (index: Code, cases: readonly Code[]): Code => {
  const last = cases.length - 1;
  const labels = Array.from({length: last}, (_, label) => leb(label)).flat();
  return [
    ...cases.flatMap(() => [0x02, VOID]),
    ...index,
    ...[0x0e, ...leb(last), ...labels, ...leb(last), END],
    ...cases.flatMap((code, i) => (i === last ? code : [...code, END])),
  ];
};

/** How large memory is, in pages of 64 KiB. */
export const memorySize: Code = [0x3f, 0x00];
