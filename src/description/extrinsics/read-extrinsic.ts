import type {Result} from "#base";
import {attempt, type DecodeFailure, readCompact, Sink, type Source} from "#codec";
import {SIGNED_BIT} from "#primitives";
import {callFrom, type DecodedCall} from "../calls/calls.ts";
import type {ChainDescription, ExtensionDescription} from "../chain-description.ts";
import {codecOf} from "../values/codec-of.ts";
import {attemptWriting, type ValueMisfit} from "../values/misfit.ts";
import {withLength} from "./sign-extrinsic.ts";

/** What an extension put into an extrinsic. */
export interface ReadExtension {
  readonly identifier: string;
  readonly extra: unknown;
}

export interface ReadExtrinsic {
  /** Of the format: 4 or 5. */
  readonly version: number;
  /** Signed: format 4 alone. General: format 5, authorized by its extensions. */
  readonly kind: "bare" | "signed" | "general";
  readonly address?: unknown;
  readonly signature?: unknown;
  readonly extensionVersion?: number;
  readonly extensions: readonly ReadExtension[];
  readonly call: DecodedCall;
}

/** High bits of the first byte. */
const KIND_BITS = 0xc0;
const GENERAL_BIT = 0x40;

/** An extrinsic as it stands in a block, its length in front. */
export function readExtrinsic(
  description: ChainDescription,
  bytes: Uint8Array,
): Result<ReadExtrinsic, DecodeFailure> {
  return attempt(bytes, source => {
    const length = readCompact(source);
    if (length !== source.remaining) {
      source.fail("invalid-value", `${length} bytes announced, ${source.remaining} there`);
    }
    const preamble = readPreamble(description, source);
    const value = codecOf(description.call).decodeFrom(source);
    if (source.remaining > 0) source.fail("trailing-bytes", `${source.remaining} bytes left over`);
    const call = callFrom(value) ?? source.fail("invalid-value", "not a call of a pallet");
    return {...preamble, call};
  });
}

function readPreamble({extrinsic}: ChainDescription, source: Source): Omit<ReadExtrinsic, "call"> {
  const first = source.u8();
  const version = first & ~KIND_BITS;
  if (version !== 4 && version !== 5) source.fail("invalid-value", `no format ${version}`);
  switch (first & KIND_BITS) {
    case 0:
      return {version, kind: "bare", extensions: []};
    case SIGNED_BIT: {
      const address = codecOf(extrinsic.address).decodeFrom(source);
      const signature = codecOf(extrinsic.signature).decodeFrom(source);
      const extensions = readExtensions(extrinsic.extensions, source);
      return {version, kind: "signed", address, signature, extensions};
    }
    case GENERAL_BIT: {
      const extensionVersion = source.u8();
      const known = extrinsic.extensionsByVersion.get(extensionVersion);
      if (known === undefined) {
        return source.fail("invalid-value", `no extensions of version ${extensionVersion}`);
      }
      const extensions = readExtensions(known, source);
      return {version, kind: "general", extensionVersion, extensions};
    }
    default:
      return source.fail("invalid-value", `${first} is no extrinsic's first byte`);
  }
}

function readExtensions(
  extensions: readonly ExtensionDescription[],
  source: Source,
): ReadExtension[] {
  return extensions.map(({identifier, extra}) => ({
    identifier,
    extra: codecOf(extra).decodeFrom(source),
  }));
}

/** The same bytes again. */
export function writeExtrinsic(
  {extrinsic, call: callType}: ChainDescription,
  read: ReadExtrinsic,
): Result<Uint8Array, ValueMisfit> {
  return attemptWriting(() => {
    const sink = new Sink();
    const isGeneral = read.kind === "general";
    const kindBits = isGeneral ? GENERAL_BIT : read.kind === "signed" ? SIGNED_BIT : 0;
    sink.u8(read.version | kindBits);
    if (read.kind === "signed") {
      codecOf(extrinsic.address).encodeTo(read.address, sink);
      codecOf(extrinsic.signature).encodeTo(read.signature, sink);
    }
    if (isGeneral) sink.u8(read.extensionVersion ?? 0);
    const known = isGeneral
      ? (extrinsic.extensionsByVersion.get(read.extensionVersion ?? 0) ?? [])
      : extrinsic.extensions;
    for (const [i, {extra}] of read.extensions.entries()) {
      codecOf(known[i]!.extra).encodeTo(extra, sink);
    }
    const {pallet, name, args} = read.call;
    codecOf(callType).encodeTo({type: pallet, value: {type: name, value: args}}, sink);
    return withLength(sink.finish());
  });
}
