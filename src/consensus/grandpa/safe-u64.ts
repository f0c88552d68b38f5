import {type Codec, u64} from "#codec";

/**
 * A u64 as a JavaScript number: rounds, set ids and weights, which are added and compared all the time. What does
 * not fit 53 bits does not decode: no chain gets there by honest means, and a sum that rounds would be unsafe.
 */
export const safeU64: Codec<number> = {
  ...u64,
  encodeTo: (value, sink) => u64.encodeTo(BigInt(value), sink),
  decodeFrom(source) {
    const value = source.u64();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      source.fail("invalid-value", `${value} does not fit 53 bits`);
    }
    return Number(value);
  },
};
