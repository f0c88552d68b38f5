import type {Report} from "#base";
import {describeUnusable, type RuntimeUnusable} from "./runtimes.ts";

export const CHAIN_ENDED_TODO =
  "this chain has ended, and starting again says the same: khala purge-chain, then begin anew, " +
  "or sync from nodes whose chain goes on without that block";

/**
 * The chain stands on a state that no block can follow. A program that knows its runtime goes on where there is one;
 * where root removed the runtime itself, or what it goes by, there is none, and the block that did it stays.
 */
export function chainEnded(block: number, failure: RuntimeUnusable): Report {
  const isOtherVersion =
    failure.code === "version-unknown" ||
    (failure.code === "code-foreign" && failure.spec !== undefined);
  return {
    code: isOtherVersion ? "chain-not-runnable" : "chain-ended",
    what: `no block can follow block ${block}: ${describeUnusable(failure)}`,
    did: "not running; what is on disk is whole",
    todo: isOtherVersion ? "run the program that knows this version" : CHAIN_ENDED_TODO,
  };
}
