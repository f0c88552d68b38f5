import {setOf} from "../chain/authors.ts";
import {fillAt} from "../chain/block-details.ts";
import {slotOf} from "../chain/digest.ts";
import {runtimeAt} from "../chain/runtime.ts";
import {type SlotTime, slotTimeOf} from "../chain/slot-times.ts";
import type {HeaderJson} from "../contract/node-answers.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";
import {bestHead, bestHeight} from "../state/heads.ts";
import {isSameAccount} from "../text/account.ts";

export interface PastBlock {
  readonly number: number;
  readonly hash: string;
  /** Undefined where its digest names none. */
  readonly slot: number | undefined;
  readonly slotTime: SlotTime | undefined;
  /** Part of its weight that was used; undefined where the chain does not publish it. */
  readonly fill: number | undefined;
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
  if (header === null) return undefined;
  const slot = slotOf(header);
  const number = Number(header.number);
  const [fill, authors, slotTime] = await Promise.all([
    runtimeAt(number === 0 ? hash : header.parentHash).then(runtime => fillAt(hash, runtime)),
    setOf(header),
    slotTimeOf(header),
  ]);
  return {number, hash, slot, slotTime, authors, fill};
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
  const counted = blocks.flatMap(({number, slot, authors}) =>
    authors === undefined || authors.length === 0 || slot === undefined
      ? []
      : [{number, slot, authors}],
  );
  const points = counted.map(({number, slot, authors}) => {
    const places = authors.filter(each => isSameAccount(each, account)).length;
    const chance = places / authors.length;
    if (isSameAccount(authors[slot % authors.length], account)) made += 1;
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

/**
 * From a block to the one before, where it is known when both were: in seconds, and in slots as long as its own. A fill is null
 * where it is not known.
 */
export function blockTimes(blocks: readonly PastBlock[]): {
  readonly numbers: readonly number[];
  readonly seconds: readonly number[];
  readonly slots: readonly number[];
  readonly fills: readonly (number | null)[];
} {
  const pairs = blocks.slice(1).flatMap(({number, slotTime, fill}, i) => {
    const before = blocks[i]!.slotTime;
    if (slotTime === undefined || before === undefined) return [];
    const took = slotTime.began - before.began;
    const slots = Math.ceil((took - before.duration) / slotTime.duration) + 1;
    return [{number, seconds: took / 1_000, slots, fill: fill ?? null}];
  });
  return {
    numbers: pairs.map(({number}) => number),
    seconds: pairs.map(({seconds}) => seconds),
    slots: pairs.map(({slots}) => slots),
    fills: pairs.map(({fill}) => fill),
  };
}
