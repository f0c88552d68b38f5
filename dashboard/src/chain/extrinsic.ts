import {Blake2256, Bytes, compact, Tuple} from "@polkadot-api/substrate-bindings";
import {failureText} from "../rpc/rpc-failure.ts";
import {bytesToHex, hexToBytes} from "./bytes.ts";
import type {ChainRuntime, ExtrinsicTypes} from "./chain-runtime.ts";
import {describeFields, type Part} from "./described.ts";

export interface DecodedCall {
  readonly pallet: string;
  readonly name: string;
  readonly args: unknown;
  /** What they say, one by one. */
  readonly said: readonly Part[];
  /** Why there is nothing to be told of the arguments; undefined where they could be read. */
  readonly unread?: string;
}

/**
 * `bare`: the author puts it in, or nobody has to sign it; `signed`: by an account that stands in it; `general`: whoever
 * answers for it is for its extensions to say.
 */
export type ExtrinsicKind = "bare" | "signed" | "general";

export interface DecodedExtrinsic {
  readonly hash: string;
  readonly bytes: number;
  /** Undefined for bytes that this page does not know how to read. */
  readonly kind: ExtrinsicKind | undefined;
  readonly call: DecodedCall | undefined;
  /** Undefined where nobody signed, or where it is not known who did. */
  readonly signer: string | undefined;
  /** By name, those that carry something. */
  readonly extensions: readonly (readonly [string, unknown])[];
}

/** The two highest bits of the first byte. Format 4 has the first two kinds, 5 the first and the last. */
const KINDS: Readonly<Record<number, ExtrinsicKind>> = {0: "bare", 128: "signed", 64: "general"};
const KIND_BITS = 0xc0;

/** Extensions in which a general transaction carries a signature, by the names that the SDK gave them. */
const SIGNATURES = ["VerifySignature", "VerifyMultiSignature"];

export const hashOf = (extrinsic: string): string => bytesToHex(Blake2256(hexToBytes(extrinsic)));

export function decodeExtrinsic(extrinsic: string, runtime: ChainRuntime): DecodedExtrinsic {
  const whole = hexToBytes(extrinsic);
  const body = whole.slice(lengthOfPrefix(whole));
  const unread = {kind: undefined, call: undefined, signer: undefined, extensions: []};
  const head = {...unread, hash: hashOf(extrinsic), bytes: whole.length};
  const types = runtime.extrinsicTypes;
  if (types === undefined) return head;
  const kind = KINDS[body[0]! & KIND_BITS];
  try {
    switch (kind) {
      case "bare":
        return {...head, kind, call: readCall(body.slice(1), types, runtime)};
      case "signed":
        return {...head, kind, ...decodeSigned(body.slice(1), types, runtime)};
      case "general":
        return {...head, kind, ...decodeGeneral(body.slice(1), types, runtime)};
      default:
        return head;
    }
  } catch {
    // A block is shown all the same, with what can be read of it.
    return {...head, kind};
  }
}

type Parts = Pick<DecodedExtrinsic, "call" | "signer" | "extensions">;

function decodeSigned(bytes: Uint8Array, types: ExtrinsicTypes, runtime: ChainRuntime): Parts {
  const {signedExtensions} = runtime.metadata.extrinsic;
  const extensions = signedExtensions[0] ?? Object.values(signedExtensions)[0]!;
  const parts = [types.address, types.signature, ...extensions.map(({type}) => type)];
  const [who, , ...rest] = Tuple(
    ...parts.map(type => runtime.builder.buildDefinition(type)),
    REST,
  ).dec(bytes) as unknown[];
  const call = readCall(rest.pop() as Uint8Array, types, runtime);
  return {call, signer: addressOf(who), extensions: named(extensions, rest)};
}

/** All bytes that are left. */
const REST = Bytes(Number.POSITIVE_INFINITY);

/** Of a call whose arguments cannot be read its two first bytes tell which it is: pallet and call, by their indices. */
function readCall(
  bytes: Uint8Array,
  types: ExtrinsicTypes,
  runtime: ChainRuntime,
): DecodedCall | undefined {
  const {builder, metadata, lookup} = runtime;
  try {
    return callOf(builder.buildDefinition(types.call).dec(bytes), runtime);
  } catch (error) {
    const pallet = metadata.pallets.find(({index}) => index === bytes[0]);
    const calls = pallet?.calls && lookup(pallet.calls.type);
    if (pallet === undefined || calls?.type !== "enum") return undefined;
    const found = Object.entries(calls.value).find(([, {idx}]) => idx === bytes[1]);
    return (
      found && {
        pallet: pallet.name,
        name: found[0],
        args: undefined,
        said: [],
        unread: failureText(error),
      }
    );
  }
}

/** Its first byte says which version of extensions stands in it. */
function decodeGeneral(
  bytes: Uint8Array,
  {call}: ExtrinsicTypes,
  runtime: ChainRuntime,
): Partial<Parts> {
  const {builder, metadata} = runtime;
  const extensions = metadata.extrinsic.signedExtensions[bytes[0]!];
  if (extensions === undefined) return {};
  const types = [...extensions.map(({type}) => type), call];
  const parts = Tuple(...types.map(type => builder.buildDefinition(type))).dec(
    bytes.slice(1),
  ) as unknown[];
  const carried = named(extensions, parts);
  const signature = carried.find(([name]) => SIGNATURES.includes(name))?.[1] as
    | {readonly value?: {readonly account?: unknown}}
    | undefined;
  const account = signature?.value?.account;
  return {
    call: callOf(parts.at(-1), runtime),
    signer: typeof account === "string" ? account : undefined,
    extensions: carried,
  };
}

const named = (extensions: readonly {readonly identifier: string}[], values: readonly unknown[]) =>
  extensions
    .map(({identifier}, i) => [identifier, values[i]] as const)
    .filter(([, value]) => value !== undefined);

/** Throws, in words, where the bytes are no call of this runtime's, or more than one call. */
export function decodeCall(bytes: Uint8Array, runtime: ChainRuntime): DecodedCall {
  const {extrinsicTypes, builder} = runtime;
  if (extrinsicTypes === undefined) throw new Error("this chain does not publish what a call is");
  const codec = builder.buildDefinition(extrinsicTypes.call);
  let decoded: unknown;
  try {
    decoded = codec.dec(bytes);
  } catch (error) {
    throw new Error(`These bytes are no call of this chain: ${whyNoCall(bytes, runtime, error)}.`);
  }
  // The codecs read over the end of what is too short, and leave what is too long.
  const whole = bytesToHex(bytes);
  const written = bytesToHex(codec.enc(decoded));
  if (whole !== written) {
    const why = whole.startsWith(written)
      ? `${(whole.length - written.length) / 2} too many`
      : "they end too early, or are written otherwise than this chain does";
    throw new Error(`These bytes are no call of this chain: ${why}.`);
  }
  return callOf(decoded, runtime);
}

function whyNoCall([index, call]: Uint8Array, runtime: ChainRuntime, error: unknown): string {
  const pallet = runtime.metadata.pallets.find(each => each.index === index);
  const calls = pallet?.calls && runtime.lookup(pallet.calls.type);
  if (calls?.type !== "enum") return `it has no pallet ${index} with calls`;
  const found = Object.entries(calls.value).find(([, {idx}]) => idx === call);
  if (found === undefined) return `${pallet!.name} has no call ${call}`;
  return `what ${pallet!.name}.${found[0]} takes is not there, ${failureText(error)}`;
}

/** `CollatorSelection.leave_intent`, or that it cannot be read. */
export const callName = (call: DecodedCall | undefined): string =>
  call === undefined ? "a call that this page cannot read" : `${call.pallet}.${call.name}`;

function callOf(decoded: unknown, runtime: ChainRuntime): DecodedCall {
  const {type, value} = decoded as {type: string; value: {type: string; value: unknown}};
  const {type: name, value: args} = value;
  const said = describeFields(runtime, "calls", {pallet: type, name, value: args});
  return {pallet: type, name, args, said};
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
