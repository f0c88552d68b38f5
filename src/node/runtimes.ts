import {err} from "#base";
import type {GenesisMakers} from "#chain-spec";
import {describeUnusable, type Runtimes, RuntimesByCode} from "#core";
import type {CryptoSuite} from "#crypto";
import {createKhalaEngine} from "#runtime";
import type {RuntimeEngine} from "#runtime-api";
import {createWasmEngine, PreparedCodes, type RuntimeLog} from "#wasm-runtime";
import {explainTraps, type TrapExplainerOptions} from "./traps/index.ts";
import {withinDeadline} from "./within-deadline.ts";
import {yieldThread} from "./yield-thread.ts";

/**
 * Milliseconds after which a call of a runtime is given up: nothing but weights, which may be wrong, keeps one from going on
 * for ever. By those a block takes two seconds at most on the machines that they were measured on; ours may be much slower.
 */
const GIVEN_UP_AFTER = 60_000;

/** Of the whole process: a chain that is rehearsed on the way is compiled for that, and then run. */
const CODES = new PreparedCodes();

export interface RuntimesOptions {
  /** Beside those of this program. */
  readonly engines?: readonly RuntimeEngine[] | undefined;
  /** Where goes what runtimes of others log. */
  readonly log?: RuntimeLog;
  /** Where is told what they trapped over; absent: nowhere, and failures say no more than that they did. */
  readonly traps?: TrapExplainerOptions["log"];
}

/**
 * The engines that this program has, and those given: whatever else of the node runs a runtime is handed this. Code that stands
 * for a runtime of ours is a module too, so that the engine for modules of others is asked last.
 */
export function createRuntimes(
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
  {engines = [], log, traps}: RuntimesOptions = {},
): Runtimes {
  const {hashing} = crypto;
  const within = withinDeadline(GIVEN_UP_AFTER);
  const wasm = createWasmEngine(crypto, {within, log, yieldThread, codes: CODES});
  const last = traps === undefined ? wasm : explainTraps(wasm, {hashing, log: traps});
  return new RuntimesByCode([createKhalaEngine(crypto), ...engines, last], hashing);
}

/** What first states are made with: by chains' own runtimes too, where this program runs them. */
export function genesisMakers(
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
  runtimes: Runtimes = createRuntimes(crypto),
): GenesisMakers {
  return {
    hashing: crypto.hashing,
    runtimeOf(state) {
      const runtime = runtimes.runtimeOf(state);
      return runtime.ok ? runtime : err(describeUnusable(runtime.error));
    },
  };
}
