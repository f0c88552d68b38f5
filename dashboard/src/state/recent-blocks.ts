import {authorOf} from "../chain/authors.ts";
import {slotTimeOf} from "../chain/slot-times.ts";
import type {BlockJson} from "../contract/node-answers.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";
import {bestHead, bestHeight} from "./heads.ts";

export interface BlockSummary {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  /** When its slot began, by the chain's time. */
  readonly at: number | undefined;
  readonly author: string | undefined;
  readonly extrinsics: number;
  readonly bytes: number;
}

/** Of a page of blocks. */
export const SHOWN = 25;
const seen = new Map<string, BlockSummary>();

/** The newest blocks of the best chain; those that left it go, since they are asked for by number. */
export const recentBlocks = asked<readonly BlockSummary[]>(
  async () => {
    const blocks = await blocksUpTo(await bestHeight());
    seen.clear();
    for (const block of blocks) seen.set(block.hash, block);
    return blocks;
  },
  whenChanges(bestHead, 400),
);

/** A page of blocks, newest first, by the number of its newest. */
export async function blocksUpTo(newest: number): Promise<readonly BlockSummary[]> {
  const numbers = Array.from({length: Math.min(SHOWN, newest + 1)}, (_, i) => newest - i);
  const hashes = await node.call<(string | null)[]>("chain_getBlockHash", [numbers]);
  const blocks = await Promise.all(
    hashes.filter(hash => hash !== null).map(hash => seen.get(hash) ?? summaryOf(hash)),
  );
  return blocks.filter(block => block !== undefined);
}

async function summaryOf(hash: string): Promise<BlockSummary | undefined> {
  const found = await node.call<BlockJson | null>("chain_getBlock", [hash]);
  if (found === null) return undefined;
  const {header, extrinsics} = found.block;
  const number = Number(header.number);
  return {
    number,
    hash,
    parentHash: header.parentHash,
    at: (await slotTimeOf(header))?.began,
    author: number === 0 ? undefined : await authorOf(header).catch(() => undefined),
    extrinsics: extrinsics.length,
    bytes: extrinsics.reduce((sum, {length}) => sum + (length - 2) / 2, 0),
  };
}
