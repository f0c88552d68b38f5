import {getLookupFn} from "@polkadot-api/metadata-builders";
import {node} from "../rpc/node.ts";
import {carefulBuilder} from "./careful-builder.ts";
import type {ChainRuntime, Version} from "./chain-runtime.ts";
import {extrinsicTypes, hasPrefix, metadataAt, UnreadableMetadata, withPrefix} from "./metadata.ts";

export type {ChainRuntime} from "./chain-runtime.ts";

/** Where a state has its runtime, `:code`. */
const CODE = "0x3a636f6465";

/** By the hash of the code: a chain under development may change it and keep the version's number. */
const known = new Map<string, Promise<ChainRuntime>>();

/** Which code stands in a block's state, which does not change. */
const codes = new Map<string, Promise<string>>();
const MOST_CODES = 2_000;

/** The runtime of a block, or at the best one; metadata is fetched once for each code. */
export async function runtimeAt(block?: string): Promise<ChainRuntime> {
  if (block === undefined) {
    const found = known.get(await askCode([]));
    // Asked for at a block by its hash, so that code and metadata are of one state.
    return found ?? runtimeAt(await node.call<string>("chain_getBlockHash"));
  }
  const code = await codeAt(block);
  const found = known.get(code);
  if (found !== undefined) return found;
  const read = readRuntime(block);
  known.set(code, read);
  read.catch(error => {
    if (!(error instanceof UnreadableMetadata)) known.delete(code);
  });
  return read;
}

/** The hash of the code in a block's state. */
export function codeAt(block: string): Promise<string> {
  const found = codes.get(block);
  if (found !== undefined) return found;
  const asked = askCode([block]);
  if (codes.size >= MOST_CODES) codes.clear();
  codes.set(block, asked);
  asked.catch(() => codes.delete(block));
  return asked;
}

async function askCode(at: readonly string[]): Promise<string> {
  const hash = await node.call<string | null>("state_getStorageHash", [CODE, ...at]);
  if (hash === null) throw new Error("there is no runtime in this block's state");
  return hash;
}

async function readRuntime(block: string): Promise<ChainRuntime> {
  const [version, {bytes, metadata: published, old}, properties] = await Promise.all([
    node.call<Version>("state_getRuntimeVersion", [block]),
    metadataAt(block),
    node.call<Readonly<Record<string, unknown>>>("system_properties"),
  ]);
  const spoken = [properties.ss58Format].find(isPrefix) ?? GENERIC_PREFIX;
  const metadata = hasPrefix(published) ? published : withPrefix(published, spoken);
  const lookup = getLookupFn(metadata);
  const builder = carefulBuilder(lookup, old);
  return {
    ...version,
    metadataBytes: bytes,
    metadata,
    extrinsicTypes: extrinsicTypes(metadata),
    lookup,
    builder,
    addressPrefix: [builder.ss58Prefix].find(isPrefix) ?? spoken,
  };
}

/** Of addresses that are of no chain. */
const GENERIC_PREFIX = 42;

/** 14 bits; the registry keeps two for nobody. */
const isPrefix = (value: unknown): value is number =>
  Number.isInteger(value) &&
  (value as number) >= 0 &&
  (value as number) <= 16_383 &&
  value !== 46 &&
  value !== 47;

interface ReadPlace {
  /** The best block if not said. */
  readonly block?: string | undefined;
  /** That wrote the state: the one of the block's parent, where what is read was written by the block itself. */
  readonly runtime?: ChainRuntime | undefined;
}

/** A value of the state, decoded; the default where nothing is stored. */
export async function readStorage<T>(
  [pallet, entry, ...keys]: readonly [string, string, ...unknown[]],
  {block, runtime}: ReadPlace = {},
): Promise<T> {
  const from = runtime ?? (await runtimeAt(block));
  if (!hasItem(from, pallet, entry)) {
    throw new Error(`this chain does not publish ${pallet}.${entry}`);
  }
  const storage = from.builder.buildStorage(pallet, entry);
  const key = storage.keys.enc(...keys);
  const value = await node.call<string | null>(
    "state_getStorage",
    block === undefined ? [key] : [key, block],
  );
  return (value === null ? storage.fallback : storage.value.dec(value)) as T;
}

export const hasItem = ({metadata}: ChainRuntime, pallet: string, name: string): boolean =>
  metadata.pallets
    .find(each => each.name === pallet)
    ?.storage?.items.some(each => each.name === name) ?? false;

export function hasCall({metadata, lookup}: ChainRuntime, pallet: string, name: string): boolean {
  const calls = metadata.pallets.find(each => each.name === pallet)?.calls;
  const type = calls && lookup(calls.type);
  return type?.type === "enum" && name in type.value;
}

/** Undefined where the runtime publishes none of that name. */
export function readConstant<T>(
  {metadata, builder}: ChainRuntime,
  pallet: string,
  name: string,
): T | undefined {
  const constant = metadata.pallets
    .find(each => each.name === pallet)
    ?.constants.find(each => each.name === name);
  return constant && builder.buildConstant(pallet, name).dec(constant.value);
}
