import type {Result} from "#base";
import {attempt, type Codec, type DecodeFailure, encode, readCompact, Sink} from "#codec";
import {
  EXTRINSIC_VERSION,
  type MultiAddress,
  type MultiSignature,
  multiAddress,
  multiSignature,
  SIGNED_BIT,
  writeLengthPrefix,
} from "#primitives";
import type {RuntimeCall, SignedExtension} from "../frame/index.ts";

/** An extrinsic taken apart (spec/pallets §5.1). */
export interface Extrinsic {
  /** The whole of it, length prefix included. */
  readonly bytes: Uint8Array;
  readonly call: RuntimeCall;
  readonly callBytes: Uint8Array;
  readonly signed:
    | {
        readonly address: MultiAddress;
        readonly signature: MultiSignature;
        /** One value per extension. */
        readonly extra: readonly unknown[];
        readonly extraBytes: Uint8Array;
      }
    | undefined;
}

export function decodeExtrinsic(
  bytes: Uint8Array,
  extensions: readonly SignedExtension[],
  call: Codec<RuntimeCall>,
): Result<Extrinsic, DecodeFailure> {
  return attempt(bytes, source => {
    const length = readCompact(source);
    if (length !== source.remaining) {
      source.fail("invalid-value", `length says ${length} bytes, ${source.remaining} follow`);
    }
    const version = source.u8();
    if ((version & ~SIGNED_BIT) !== EXTRINSIC_VERSION) {
      source.fail("invalid-value", `extrinsic version ${version & ~SIGNED_BIT}, not 4`);
    }
    let signed: Extrinsic["signed"];
    if ((version & SIGNED_BIT) !== 0) {
      const address = multiAddress.decodeFrom(source);
      const signature = multiSignature.decodeFrom(source);
      const start = source.offset;
      const extra = extensions.map(extension => extension.extra.decodeFrom(source));
      signed = {address, signature, extra, extraBytes: bytes.subarray(start, source.offset)};
    }
    const start = source.offset;
    const decoded = call.decodeFrom(source);
    if (source.remaining > 0) source.fail("trailing-bytes", `${source.remaining} bytes left over`);
    return {bytes, call: decoded, callBytes: bytes.subarray(start), signed};
  });
}

/** An extrinsic without a signer, such as an inherent. */
export function encodeBare(call: Codec<RuntimeCall>, value: RuntimeCall): Uint8Array {
  const body = encode(call, value);
  const sink = new Sink(body.length + 6);
  writeLengthPrefix(body.length + 1, sink);
  sink.u8(EXTRINSIC_VERSION);
  sink.raw(body);
  return sink.finish();
}
