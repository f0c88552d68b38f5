/**
 * SCALE, the chain's binary format: fixed-width integers little-endian, lengths in a compact form, enums as an
 * index byte, no field names and no padding. A type is described once (`struct({who: accountId, deposit: u128})`)
 * and from that come its encoder, its decoder, its TypeScript type (`ValueOf`) and the type information that
 * metadata publishes (`info`).
 *
 * Decoding untrusted bytes goes through `decode` or `attempt` and yields a value or a coded failure; it never
 * throws, never allocates more than the input accounts for and never recurses without bound.
 *
 * Out of scope: which types the chain has (see `primitives` and the pallets).
 */
export {
  BIT_STORE_BYTES,
  type BitOrder,
  type BitSequence,
  type BitStore,
  bitLayoutOf,
  bitSequence,
  packBits,
} from "./bit-sequence.ts";
export {
  attempt,
  type Codec,
  decode,
  decodePrefix,
  decodeTrusted,
  encode,
  type ValueOf,
  written,
} from "./codec.ts";
export {compactU32, compactU64, compactU128, readCompact, writeCompact} from "./compact.ts";
export {
  alias,
  lazy,
  mapped,
  newtype,
  type StructOf,
  struct,
  tuple,
  unnamedFields,
} from "./composite.ts";
export {OutOfRange} from "./out-of-range.ts";
export {bool, MAX_U32, MAX_U64, MAX_U128, u8, u16, u32, u64, u128, unit} from "./primitive.ts";
export {bytes, fixedBytes, str, vec} from "./sequence.ts";
export {Sink} from "./sink.ts";
export {DecodeError, type DecodeFailure, Source} from "./source.ts";
export * from "./type-info.ts";
export {fieldsOf, option, result, type VariantCase, type VariantOf, variant} from "./variant.ts";
