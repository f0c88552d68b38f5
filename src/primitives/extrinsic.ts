import {
  attempt,
  type Codec,
  readCompact,
  type Sink,
  type Source,
  typeInfo,
  u8,
  vec,
  writeCompact,
} from "#codec";

/** An extrinsic as the node handles it: its bytes *with* their compact length prefix, not looked into. */
export type OpaqueExtrinsic = Uint8Array;

/** Low bits of the version byte. */
export const EXTRINSIC_VERSION = 4;
/** High bit of the version byte: a signer, signature and extra follow. */
export const SIGNED_BIT = 0x80;
/**
 * The bits that say of which kind an extrinsic is: none of them for a bare one, `SIGNED_BIT` for a signed one, the other
 * for a general one, which came with version 5 and carries extensions without a signature of its own (RFC 84).
 */
const KIND_BITS = 0xc0;

/** `length ++ body`, the form of an extrinsic in a block, kept whole. */
export const opaqueExtrinsic: Codec<OpaqueExtrinsic> = {
  info: typeInfo({kind: "sequence", element: u8.info}, {path: "sp_runtime::OpaqueExtrinsic"}),
  typeName: "OpaqueExtrinsic",
  encodeTo: (value: OpaqueExtrinsic, sink: Sink) => sink.raw(value),
  decodeFrom(source: Source) {
    const start = source.offset;
    const length = readCompact(source);
    source.advance(length);
    return source.bytes.slice(start, source.offset);
  },
};

/** A block's body. */
export const body: Codec<OpaqueExtrinsic[]> = vec(opaqueExtrinsic);

/** True when the bytes are exactly one length-prefixed body. */
export function isWellFramed(bytes: Uint8Array): boolean {
  const fits = attempt(bytes, source => {
    source.advance(readCompact(source));
    return source.remaining === 0;
  });
  return fits.ok && fits.value;
}

/**
 * Whether it may be an inherent, by its version byte alone: inherents are bare, neither signed nor general. True for what is
 * no extrinsic, so that those who execute it say so.
 */
export function isBare(bytes: Uint8Array): boolean {
  const bare = attempt(bytes, source => {
    readCompact(source);
    return (source.u8() & KIND_BITS) === 0;
  });
  return !bare.ok || bare.value;
}

export {writeCompact as writeLengthPrefix};
