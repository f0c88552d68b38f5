import type {Millis} from "#base";
import type {NodeCore} from "#core";
import type {ChainFacts} from "./chain-facts.ts";
import {missingVoters} from "./missing-voters.ts";
import type {CollatorStatus} from "./vocabulary.ts";

/** Milliseconds: votes of a round that lasts no longer are on their way. */
const SLOW_ROUND = 5_000;

/** The head of the chain, and what is final of it; `now` by the chain's clock. */
export function headStatus(
  core: NodeCore,
  facts: Pick<ChainFacts, "keyOwner">,
  now: number,
): CollatorStatus["head"] {
  const {chain, membership, finality} = core;
  const best = chain.best();
  const header = chain.header(best.hash);
  const began = header && core.slots.startOf(header);
  const finalized = chain.finalized().number;
  const isStanding = finality.stall() !== undefined;
  const isSlow = isStanding || (finality.grandpa?.roundAge ?? 0) >= SLOW_ROUND;
  const voters = isSlow ? missingVoters(finality.grandpa, facts, best.hash) : [];
  return {
    best: best.number,
    bestHash: best.hash,
    finalized,
    finalizedAt: startOf(core, finalized),
    age: began === undefined ? 0 : Math.max(0, (now - began) / core.time.rate),
    slotDuration: core.slotDuration() / core.time.rate,
    peers: membership?.peers() ?? 0,
    isSyncing: membership?.isMajorSyncing() ?? false,
    stall: isStanding ? finality.stall({withKeys: false}) : undefined,
    missingVoters: voters,
  };
}

/** When the slot of a block of the best chain began, as people know it; undefined of the first one, and of one not kept. */
export function startOf(
  {chain, slots, time}: Pick<NodeCore, "chain" | "slots" | "time">,
  number: number,
): Millis | undefined {
  const hash = chain.hashOf(number);
  const header = hash && chain.header(hash);
  const at = header && slots.startOf(header);
  return at === undefined ? undefined : time.shown(at);
}
