import type {BlockJson, HeaderJson} from "../contract/node-answers.ts";
import {node} from "../rpc/node.ts";
import {authorOf} from "./authors.ts";
import {type ChainEvent, eventsAt} from "./events.ts";
import {type DecodedExtrinsic, decodeExtrinsic} from "./extrinsic.ts";
import {readConstant, readStorage, runtimeAt} from "./runtime.ts";

interface Weight {
  readonly ref_time: bigint;
  readonly proof_size: bigint;
}

export interface BlockWeight {
  readonly normal: Weight;
  readonly operational: Weight;
  readonly mandatory: Weight;
}

export interface BlockDetails {
  readonly hash: string;
  readonly header: HeaderJson;
  readonly author: string | undefined;
  readonly extrinsics: readonly DecodedExtrinsic[];
  readonly events: readonly ChainEvent[];
  /** Part of the weight that a block may have, 0 to 1. */
  readonly fill: number;
  readonly specVersion: number;
}

/** One block taken apart; undefined where the node has none at that number or hash. */
export async function blockDetails(place: string): Promise<BlockDetails | undefined> {
  const hash = /^\d+$/.test(place)
    ? await node.call<string | null>("chain_getBlockHash", [Number(place)])
    : place;
  if (hash === null) return undefined;
  const found = await node.call<BlockJson | null>("chain_getBlock", [hash]);
  if (found === null) return undefined;
  const {header, extrinsics} = found.block;
  // A block is encoded by the runtime that its parent left.
  const isGenesis = Number(header.number) === 0;
  const runtime = await runtimeAt(isGenesis ? hash : header.parentHash);
  const [events, weight, author] = await Promise.all([
    eventsAt(hash),
    readStorage<BlockWeight>(["System", "BlockWeight"], hash),
    isGenesis ? undefined : authorOf(header),
  ]);
  const limits = readConstant<{max_block: Weight}>(runtime, "System", "BlockWeights");
  return {
    hash,
    header,
    author,
    events,
    extrinsics: extrinsics.map(each => decodeExtrinsic(each, runtime)),
    fill: fillOf(weight, limits.max_block),
    specVersion: runtime.specVersion,
  };
}

export function fillOf({normal, operational, mandatory}: BlockWeight, most: Weight): number {
  const used = normal.ref_time + operational.ref_time + mandatory.ref_time;
  return Number(used) / Number(most.ref_time);
}
