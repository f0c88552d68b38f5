import type {HeaderJson} from "../contract/node-answers.ts";
import {node} from "../rpc/node.ts";

/** Where a block is: `elsewhere` when the node follows a chain that has another one, or none yet, at its height. */
export type BlockPlace = "final" | "best" | "elsewhere";

/** By its hash: on a side branch there are blocks of every height. */
export async function placeOfBlock(number: number, hash: string): Promise<BlockPlace> {
  const there = await node.call<string | null>("chain_getBlockHash", [number]);
  if (there !== hash) return "elsewhere";
  return number <= (await finalHeight()) ? "final" : "best";
}

async function finalHeight(): Promise<number> {
  const hash = await node.call<string>("chain_getFinalizedHead");
  const header = await node.call<HeaderJson | null>("chain_getHeader", [hash]);
  return Number(header?.number ?? 0);
}
