import {Blake2256, compact, Tuple} from "@polkadot-api/substrate-bindings";
import {bytesToHex, hexToBytes} from "./bytes.ts";
import type {ChainRuntime} from "./runtime.ts";

export interface DecodedCall {
  readonly pallet: string;
  readonly name: string;
  readonly args: unknown;
}

export interface DecodedExtrinsic {
  readonly hash: string;
  readonly bytes: number;
  readonly call: DecodedCall;
  /** Undefined for what the author puts in. */
  readonly signer: string | undefined;
  /** By name, those that carry something. */
  readonly extensions: readonly (readonly [string, unknown])[];
}

const SIGNED = 0x80;

export const hashOf = (extrinsic: string): string => bytesToHex(Blake2256(hexToBytes(extrinsic)));

export function decodeExtrinsic(
  extrinsic: string,
  {metadata, builder}: ChainRuntime,
): DecodedExtrinsic {
  const whole = hexToBytes(extrinsic);
  const body = whole.subarray(lengthOfPrefix(whole));
  const head = {hash: hashOf(extrinsic), bytes: whole.length};
  const call = builder.buildDefinition(metadata.extrinsic.call);
  const isSigned = (body[0]! & SIGNED) !== 0;
  if (!isSigned) {
    return {...head, call: callOf(call.dec(body.slice(1))), signer: undefined, extensions: []};
  }
  const extensions =
    metadata.extrinsic.signedExtensions[0] ??
    Object.values(metadata.extrinsic.signedExtensions)[0]!;
  const parts = Tuple(
    builder.buildDefinition(metadata.extrinsic.address),
    builder.buildDefinition(metadata.extrinsic.signature),
    ...extensions.map(({type}) => builder.buildDefinition(type)),
    call,
  ).dec(body.slice(1)) as unknown[];
  return {
    ...head,
    call: callOf(parts.at(-1)),
    signer: addressOf(parts[0]),
    extensions: extensions
      .map(({identifier}, i) => [identifier, parts[2 + i]] as const)
      .filter(([, value]) => value !== undefined),
  };
}

export function decodeCall(bytes: Uint8Array, {metadata, builder}: ChainRuntime): DecodedCall {
  return callOf(builder.buildDefinition(metadata.extrinsic.call).dec(bytes));
}

function callOf(decoded: unknown): DecodedCall {
  const {type, value} = decoded as {type: string; value: {type: string; value: unknown}};
  return {pallet: type, name: value.type, args: value.value};
}

/** `MultiAddress::Id`, or a bare account. */
function addressOf(decoded: unknown): string {
  if (typeof decoded === "string") return decoded;
  const {value} = decoded as {value: unknown};
  return String(value);
}

/** Bytes that the length in front takes: its two lowest bits say. */
function lengthOfPrefix(bytes: Uint8Array): number {
  const mode = bytes[0]! & 3;
  if (mode === 3) return (bytes[0]! >> 2) + 5;
  return 1 << mode;
}

/** Bytes with their length in front, as lists of bytes stand in a call. */
export const withLength = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from([...compact.enc(bytes.length), ...bytes]);
