import type {Clock} from "#base";
import {Pace} from "./pace.ts";

/**
 * How much of one peer is taken up, by kind. Honest peers stay far below: a block a slot, two votes of each voter a
 * round, transactions as fast as blocks can hold them. What each costs us at this pace is a few percent of a core.
 */
export interface Paces {
  readonly announces: Pace;
  readonly votes: Pace;
  readonly transactions: Pace;
}

export function createPaces(clock: Clock, signal: AbortSignal): Paces {
  return {
    announces: new Pace(clock, {perSecond: 20, burst: 128}, signal),
    votes: new Pace(clock, {perSecond: 1_000, burst: 512}, signal),
    transactions: new Pace(clock, {perSecond: 2_000, burst: 8_192}, signal),
  };
}
