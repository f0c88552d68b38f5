import {setOf} from "../chain/authors.ts";
import {type BlockWeight, fillOf} from "../chain/block-details.ts";
import {slotOf} from "../chain/digest.ts";
import {readConstant, readStorage, runtimeAt} from "../chain/runtime.ts";
import type {HeaderJson} from "../contract/node-answers.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";
import {status} from "../state/collator.ts";
import {bestHead, bestHeight} from "../state/heads.ts";

export interface PastBlock {
  readonly number: number;
  readonly hash: string;
  readonly slot: number;
  /** Part of its weight that was used. */
  readonly fill: number;
  /** Who took turns then. */
  readonly authors: readonly string[] | undefined;
}

/** Enough to see a session or two on the presets, and little enough to read in a second. */
const REMEMBERED = 240;
const seen = new Map<string, PastBlock>();

/** The newest blocks of the best chain, oldest first. */
export const history = asked<readonly PastBlock[]>(
  async () => {
    const best = await bestHeight();
    const numbers = Array.from({length: Math.min(REMEMBERED, best)}, (_, i) => best - i).reverse();
    const hashes = await node.call<(string | null)[]>("chain_getBlockHash", [numbers]);
    const blocks = await Promise.all(
      hashes.filter(hash => hash !== null).map(hash => seen.get(hash) ?? read(hash)),
    );
    const known = blocks.filter(block => block !== undefined);
    seen.clear();
    for (const block of known) seen.set(block.hash, block);
    return known;
  },
  whenChanges(bestHead, 1_000),
);

async function read(hash: string): Promise<PastBlock | undefined> {
  const header = await node.call<HeaderJson | null>("chain_getHeader", [hash]);
  const slot = header === null ? undefined : slotOf(header);
  if (header === null || slot === undefined) return undefined;
  const [weight, runtime, authors] = await Promise.all([
    readStorage<BlockWeight>(["System", "BlockWeight"], hash),
    runtimeAt(),
    setOf(header),
  ]);
  const {max_block} = readConstant<{max_block: Parameters<typeof fillOf>[1]}>(
    runtime,
    "System",
    "BlockWeights",
  );
  return {number: Number(header.number), hash, slot, authors, fill: fillOf(weight, max_block)};
}

export interface Share {
  readonly numbers: readonly number[];
  readonly made: readonly number[];
  readonly expected: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

const SIGMAS = 2;

/** Blocks of an account, of those whose authors are known, added up, beside its share of them and what luck allows. */
export function shareOf(blocks: readonly PastBlock[], account: string): Share {
  let made = 0;
  let expected = 0;
  let variance = 0;
  const counted = blocks.flatMap(({authors, ...block}) =>
    authors === undefined ? [] : [{...block, authors}],
  );
  const points = counted.map(({number, slot, authors}) => {
    const places = authors.filter(each => each === account).length;
    const chance = places / Math.max(1, authors.length);
    if (authors[slot % authors.length] === account) made += 1;
    expected += chance;
    variance += chance * (1 - chance);
    const luck = SIGMAS * Math.sqrt(variance);
    return {number, made, expected, low: Math.max(0, expected - luck), high: expected + luck};
  });
  return {
    numbers: points.map(point => point.number),
    made: points.map(point => point.made),
    expected: points.map(point => point.expected),
    low: points.map(point => point.low),
    high: points.map(point => point.high),
  };
}

/** Seconds between a block and the one before, by their slots. */
export function blockTimes(blocks: readonly PastBlock[]): {
  readonly numbers: readonly number[];
  readonly seconds: readonly number[];
  readonly fills: readonly number[];
} {
  const duration = (status.peek()?.head.slotDuration ?? 0) / 1_000;
  const later = blocks.slice(1);
  return {
    numbers: later.map(({number}) => number),
    seconds: later.map(({slot}, i) => (slot - blocks[i]!.slot) * duration),
    fills: later.map(({fill}) => fill),
  };
}
