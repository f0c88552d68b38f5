import type {BlockJson, HeaderJson} from "../contract/node-answers.ts";
import {node} from "../rpc/node.ts";
import {authorOf} from "./authors.ts";
import {type ChainEvent, eventsAt} from "./events.ts";
import {type DecodedExtrinsic, decodeExtrinsic} from "./extrinsic.ts";
import {type ChainRuntime, hasItem, readConstant, readStorage, runtimeAt} from "./runtime.ts";
import {type SlotTime, slotTimeOf} from "./slot-times.ts";

/** Time on the reference machine; without proof size in older runtimes. */
type Weight = bigint | {readonly ref_time: bigint};

interface BlockWeight {
  readonly normal: Weight;
  readonly operational: Weight;
  readonly mandatory: Weight;
}

export interface BlockDetails {
  readonly hash: string;
  readonly header: HeaderJson;
  readonly author: string | undefined;
  /** Undefined of the first block, and where the chain does not tell. */
  readonly slotTime: SlotTime | undefined;
  readonly extrinsics: readonly DecodedExtrinsic[];
  readonly events: readonly ChainEvent[];
  /** Part of the weight that a block may have, 0 to 1; undefined where the chain does not publish it. */
  readonly fill: number | undefined;
  /** Bytes of its compact proof; undefined where the node did not note it. */
  readonly proofSize: number | undefined;
  readonly specVersion: number;
}

/** One block taken apart; undefined where the node has none at that number or hash. */
export async function blockDetails(place: string): Promise<BlockDetails | undefined> {
  if (!/^(\d{1,15}|0x[0-9a-f]{64})$/i.test(place)) {
    throw new Error("a block is found by its number, or by its hash: 0x and 64 digits");
  }
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
  const [events, fill, author, slotTime, proofSize] = await Promise.all([
    eventsAt(hash, runtime),
    fillAt(hash, runtime),
    isGenesis ? undefined : authorOf(header),
    slotTimeOf(header),
    node.call<number | null>("khala_proofSize", [hash]),
  ]);
  return {
    hash,
    header,
    author,
    slotTime,
    events,
    extrinsics: extrinsics.map(each => decodeExtrinsic(each, runtime)),
    fill,
    proofSize: proofSize ?? undefined,
    specVersion: runtime.specVersion,
  };
}

/** Part of the weight that a block may have which it used; undefined where the chain does not publish it. */
export async function fillAt(block: string, runtime: ChainRuntime): Promise<number | undefined> {
  const limits = readConstant<{readonly max_block?: Weight}>(runtime, "System", "BlockWeights");
  const most = refTimeOf(limits?.max_block);
  if (most === undefined || most === 0n || !hasItem(runtime, "System", "BlockWeight")) {
    return undefined;
  }
  const used = await readStorage<BlockWeight>(["System", "BlockWeight"], {block, runtime});
  const parts = [used.normal, used.operational, used.mandatory].map(refTimeOf);
  return parts.includes(undefined)
    ? undefined
    : Number(parts.reduce<bigint>((sum, part) => sum + part!, 0n)) / Number(most);
}

const refTimeOf = (weight: Weight | undefined): bigint | undefined =>
  typeof weight === "object" ? weight.ref_time : weight;
