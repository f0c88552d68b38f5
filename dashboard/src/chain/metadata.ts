import {
  decAnyMetadata,
  type UnifiedMetadata,
  unifyMetadata,
} from "@polkadot-api/substrate-bindings";
import {node} from "../rpc/node.ts";
import {failureText, RpcFailure} from "../rpc/rpc-failure.ts";
import {bytesToHex, hexToBytes} from "./bytes.ts";
import type {ExtrinsicTypes} from "./chain-runtime.ts";
import type {OldMetadata} from "./named-types/index.ts";
import {keyLayoutAt} from "./session-keys.ts";

export interface ReadMetadata {
  readonly bytes: Uint8Array;
  readonly metadata: UnifiedMetadata;
  /** What it was made of, where the chain's own names its types and does not describe them. */
  readonly old?: OldMetadata;
}

/** What a runtime says of itself and nobody here can read: asked again it would say the same. */
export class UnreadableMetadata extends Error {}

/** What a runtime is asked for first: 15 says beside all else what its functions take and answer. SCALE. */
const ASKED = "0x0f000000";

/** `meta`, in front of the version, in whatever wrapping. */
const MAGIC = "6d657461";

/** A block's runtime by its own metadata: 15 where it offers that, or as it gives it to who asks for no version. */
export async function metadataAt(block: string): Promise<ReadMetadata> {
  const asked = await unlessRefused(
    node.call<string>("state_call", ["Metadata_metadata_at_version", ASKED, block]),
  );
  const found = asked === undefined ? undefined : read(hexToBytes(asked));
  return found ?? (await plainMetadataAt(block));
}

/** All that runtimes of some years ago have. */
async function plainMetadataAt(block: string): Promise<ReadMetadata> {
  let answer: string;
  try {
    answer = await node.call<string>("state_getMetadata", [block]);
  } catch (error) {
    if (error instanceof RpcFailure && error.isBreak) throw error;
    throw new Error(`this chain's runtime gives no metadata: ${failureText(error)}`);
  }
  const bytes = hexToBytes(answer);
  const found = read(bytes) ?? (await readOld(bytes, block));
  if (found === undefined) throw new UnreadableMetadata(misread(bytes));
  return found;
}

function read(bytes: Uint8Array): ReadMetadata | undefined {
  try {
    return {bytes, metadata: unifyMetadata(decAnyMetadata(bytes))};
  } catch {
    return undefined;
  }
}

/** The last version that named types and did not describe them. */
const NAMING = 13;
const NEWEST = 16;

async function readOld(bytes: Uint8Array, block: string): Promise<ReadMetadata | undefined> {
  if (versionOf(bytes) !== NAMING) return undefined;
  const [{readOldMetadata}, keys] = await Promise.all([
    import("./named-types/index.ts"),
    keyLayoutAt(block),
  ]);
  const old = readOldMetadata(bytes, keys);
  const found = old && read(old.bytes);
  return found && {...found, old: old!};
}

/** Undefined for what is no metadata. */
function versionOf(bytes: Uint8Array): number | undefined {
  const text = bytesToHex(bytes.subarray(0, 16)).slice(2);
  const at = text.indexOf(MAGIC);
  return at < 0
    ? undefined
    : Number.parseInt(text.slice(at + MAGIC.length, at + MAGIC.length + 2), 16);
}

function misread(bytes: Uint8Array): string {
  const version = versionOf(bytes);
  if (version === undefined) return "what this chain's runtime gives as its metadata is none";
  return version < NAMING || version > NEWEST
    ? `this chain's runtime describes itself in metadata of version ${version}, and this page reads ${NAMING} to ${NEWEST}`
    : "the metadata of this chain's runtime does not decode";
}

/** Undefined where the runtime has no such function. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RpcFailure && !error.isBreak) return undefined;
    throw error;
  }
}

/** Metadata 14 has them as parameters of the extrinsic's type; undefined where they are not there. */
export function extrinsicTypes({extrinsic, lookup}: UnifiedMetadata): ExtrinsicTypes | undefined {
  if ("address" in extrinsic) return extrinsic;
  const parameters = lookup[extrinsic.type]?.params ?? [];
  const [address, call, signature] = ["Address", "Call", "Signature"].map(
    name => parameters.find(each => each.name === name)?.type,
  );
  return address === undefined || call === undefined || signature === undefined
    ? undefined
    : {address, call, signature};
}

const PREFIX = "SS58Prefix";

/**
 * Addresses are written by the constant `System.SS58Prefix`; where a runtime has none, by what stands in for it here: the
 * prefix that the chain spec says. 16 bits.
 */
export function withPrefix(metadata: UnifiedMetadata, prefix: number): UnifiedMetadata {
  const type = metadata.lookup.length;
  const constant = {
    name: PREFIX,
    type,
    value: Uint8Array.of(prefix & 0xff, prefix >> 8),
    docs: [],
  };
  return {
    ...metadata,
    lookup: [
      ...metadata.lookup,
      {
        id: type,
        path: [],
        params: [],
        def: {tag: "primitive", value: {tag: "u16", value: undefined}},
        docs: [],
      },
    ],
    pallets: metadata.pallets.map(pallet =>
      pallet.name === "System"
        ? {...pallet, constants: [...pallet.constants, {...constant, deprecationInfo: undefined}]}
        : pallet,
    ),
  } as UnifiedMetadata;
}

export const hasPrefix = ({pallets}: UnifiedMetadata): boolean =>
  pallets.some(
    ({name, constants}) => name === "System" && constants.some(each => each.name === PREFIX),
  );
