import {getDynamicBuilder, getLookupFn} from "@polkadot-api/metadata-builders";
import {
  decAnyMetadata,
  type UnifiedMetadata,
  unifyMetadata,
} from "@polkadot-api/substrate-bindings";
import {node} from "../rpc/node.ts";
import {hexToBytes} from "./bytes.ts";

/** What a block's bytes mean, by the metadata of its runtime. */
export interface ChainRuntime {
  readonly specVersion: number;
  readonly transactionVersion: number;
  readonly metadataBytes: Uint8Array;
  readonly metadata: UnifiedMetadata & {
    extrinsic: {address: number; call: number; signature: number};
  };
  readonly builder: ReturnType<typeof getDynamicBuilder>;
}

interface Version {
  readonly specVersion: number;
  readonly transactionVersion: number;
}

/** The version whose `extrinsic` says the types of signer, signature and call. */
const METADATA_VERSION = "0x0f000000";

const known = new Map<number, Promise<ChainRuntime>>();

/** The runtime of a block, or at the best one; metadata is fetched once for each version. */
export async function runtimeAt(hash?: string): Promise<ChainRuntime> {
  const version = await node.call<Version>(
    "state_getRuntimeVersion",
    hash === undefined ? [] : [hash],
  );
  const found = known.get(version.specVersion);
  if (found !== undefined) return found;
  const read = readRuntime(version, hash);
  known.set(version.specVersion, read);
  read.catch(() => known.delete(version.specVersion));
  return read;
}

async function readRuntime(version: Version, hash?: string): Promise<ChainRuntime> {
  const at = hash === undefined ? [] : [hash];
  const answer = hexToBytes(
    await node.call<string>("state_call", [
      "Metadata_metadata_at_version",
      METADATA_VERSION,
      ...at,
    ]),
  );
  const metadata = unifyMetadata(decAnyMetadata(answer));
  if (!("address" in metadata.extrinsic)) throw new Error("this runtime's metadata is too old");
  return {
    ...version,
    metadataBytes: answer,
    metadata: metadata as ChainRuntime["metadata"],
    builder: getDynamicBuilder(getLookupFn(metadata)),
  };
}

/** A value of the state, decoded; the default where nothing is stored. */
export async function readStorage<T>(
  [pallet, entry, ...keys]: readonly [string, string, ...unknown[]],
  hash?: string,
): Promise<T> {
  const {builder} = await runtimeAt(hash);
  const storage = builder.buildStorage(pallet, entry);
  const key = storage.keys.enc(...keys);
  const value = await node.call<string | null>(
    "state_getStorage",
    hash === undefined ? [key] : [key, hash],
  );
  return value === null ? storage.fallback : storage.value.dec(value);
}

export const hasItem = ({metadata}: ChainRuntime, pallet: string, name: string): boolean =>
  metadata.pallets
    .find(each => each.name === pallet)
    ?.storage?.items.some(each => each.name === name) ?? false;

export function readConstant<T>(
  {metadata, builder}: ChainRuntime,
  pallet: string,
  name: string,
): T {
  const constant = metadata.pallets
    .find(each => each.name === pallet)
    ?.constants.find(each => each.name === name);
  if (constant === undefined) throw new Error(`the runtime has no ${pallet}.${name}`);
  return builder.buildConstant(pallet, name).dec(constant.value);
}
