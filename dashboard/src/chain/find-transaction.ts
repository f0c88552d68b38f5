import type {BlockJson} from "../contract/node-answers.ts";
import {node} from "../rpc/node.ts";
import {placeOfBlock} from "./block-place.ts";
import {hashOf} from "./extrinsic.ts";

/** Blocks that are looked through, newest first: a node keeps no index of transactions. */
export const LOOKED_THROUGH = 200;
const AT_ONCE = 20;

export interface Found {
  /** Undefined: it waits in the pool. */
  readonly block: string | undefined;
  readonly isFinal: boolean;
  readonly extrinsic: string;
}

/** Where a transaction is: in the pool, or in one of the newest blocks. */
export async function findTransaction(hash: string): Promise<Found | undefined> {
  const pending = await node.call<string[]>("author_pendingExtrinsics");
  const waiting = pending.find(each => hashOf(each) === hash);
  if (waiting !== undefined) return {block: undefined, isFinal: false, extrinsic: waiting};
  const head = await node.call<{number: string}>("chain_getHeader");
  const best = Number(head.number);
  for (let from = best; from > 0 && from > best - LOOKED_THROUGH; from -= AT_ONCE) {
    const found = await findFrom(from, hash);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function findFrom(from: number, hash: string): Promise<Found | undefined> {
  const numbers = Array.from({length: Math.min(AT_ONCE, from)}, (_, i) => from - i);
  const hashes = await node.call<string[]>("chain_getBlockHash", [numbers]);
  const blocks = await Promise.all(
    hashes.map(block => node.call<BlockJson | null>("chain_getBlock", [block])),
  );
  for (const [i, found] of blocks.entries()) {
    const extrinsic = found?.block.extrinsics.find(each => hashOf(each) === hash);
    if (extrinsic === undefined) continue;
    const place = await placeOfBlock(numbers[i]!, hashes[i]!);
    return {block: hashes[i], isFinal: place === "final", extrinsic};
  }
  return undefined;
}
