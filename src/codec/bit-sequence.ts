import type {Codec} from "./codec.ts";
import {readCompact, writeCompact} from "./compact.ts";
import {u8, u16, u32, u64} from "./primitive.ts";
import {type TypeInfo, typeInfo} from "./type-info.ts";

/** The unsigned number that bits are kept in; it is written little-endian. */
export type BitStore = "u8" | "u16" | "u32" | "u64";
/** Whether the first bit of a number is its least or its most significant one. */
export type BitOrder = "Lsb0" | "Msb0";

/** So many bits, in as many whole numbers as they need, as those are written. Bits past the last mean nothing. */
export interface BitSequence {
  readonly length: number;
  readonly bytes: Uint8Array;
}

const STORES = {u8, u16, u32, u64} as const;

export const BIT_STORE_BYTES: Readonly<Record<BitStore, number>> = {u8: 1, u16: 2, u32: 4, u64: 8};

/** Most bits that upstream reads, whatever the machine (parity-scale-codec: ARCH32BIT_BITSLICE_MAX_BITS). */
const MAX_BITS = 0x1fff_ffff;

const ORDERS: Readonly<Record<BitOrder, TypeInfo>> = {
  Lsb0: typeInfo({kind: "composite", fields: []}, {path: "bitvec::order::Lsb0"}),
  Msb0: typeInfo({kind: "composite", fields: []}, {path: "bitvec::order::Msb0"}),
};

const bytesFor = (length: number, store: BitStore): number => {
  const size = BIT_STORE_BYTES[store];
  return Math.ceil(length / (8 * size)) * size;
};

/** Rust's `BitVec<store, order>`: the number of bits, compact, and then the numbers that hold them. */
export function bitSequence(store: BitStore, order: BitOrder): Codec<BitSequence> {
  const typeName = `BitVec<${store}, ${order}>`;
  return {
    info: typeInfo({kind: "bitSequence", store: STORES[store].info, order: ORDERS[order]}),
    typeName,
    encodeTo({length, bytes}, sink) {
      if (length > MAX_BITS || bytes.length !== bytesFor(length, store)) {
        throw new RangeError(`${length} bits in ${bytes.length} bytes are no ${typeName}`);
      }
      writeCompact(length, sink);
      sink.raw(bytes);
    },
    decodeFrom(source) {
      const length = readCompact(source);
      if (length > MAX_BITS) source.fail("too-long", `${length} bits, at most ${MAX_BITS}`);
      return {length, bytes: source.take(bytesFor(length, store))};
    },
  };
}

/** Bits, the first one first, as they are kept in numbers of that width and order. */
export function packBits(bits: readonly boolean[], store: BitStore, order: BitOrder): BitSequence {
  const size = BIT_STORE_BYTES[store];
  const bytes = new Uint8Array(bytesFor(bits.length, store));
  for (const [i, bit] of bits.entries()) {
    if (!bit) continue;
    const inNumber = i % (8 * size);
    const significance = order === "Lsb0" ? inNumber : 8 * size - 1 - inNumber;
    bytes[Math.floor(i / (8 * size)) * size + (significance >> 3)]! |= 1 << (significance & 7);
  }
  return {length: bits.length, bytes};
}

/** The width and the order that a bit sequence's type names. Throws for types that no bits can be kept in. */
export function bitLayoutOf(store: TypeInfo, order: TypeInfo): {store: BitStore; order: BitOrder} {
  const {def} = store;
  const name = def.kind === "primitive" ? def.name : "";
  const found = order.path.at(-1) ?? "";
  if (!(name in STORES) || !(found in ORDERS)) {
    throw new TypeError(`bits are kept in u8 to u64, Lsb0 or Msb0, not in ${name}, ${found}`);
  }
  return {store: name as BitStore, order: found as BitOrder};
}
