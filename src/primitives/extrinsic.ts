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

/** Low seven bits of the version byte. */
export const EXTRINSIC_VERSION = 4;
/** High bit of the version byte: a signer, signature and extra follow. */
export const SIGNED_BIT = 0x80;

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

/** Whether somebody signed it, by its version byte alone; false for what is no extrinsic. */
export function isSigned(bytes: Uint8Array): boolean {
  const signed = attempt(bytes, source => {
    readCompact(source);
    return (source.u8() & SIGNED_BIT) !== 0;
  });
  return signed.ok && signed.value;
}

export {writeCompact as writeLengthPrefix};
