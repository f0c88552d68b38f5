import {bytesToBinary} from "#base";
import type {Hashing} from "#crypto";
import {KEEP_ALL, type PruningPolicy, type SparedPallet} from "#store";
import type {NodeConfiguration, PruningWishes} from "./configuration.ts";

/** States that are kept of a chain which begins here, where nothing is said: Substrate's number. */
const STATES_KEPT = 256;

/** The same in the form of the store. */
export function policyOf(
  {pallets, ...modes}: PruningWishes,
  hashing: Pick<Hashing, "twox128">,
): Partial<PruningPolicy> {
  return {...modes, ...(pallets === undefined ? {} : {pallets: sparedPallets(pallets, hashing)})};
}

/**
 * What a chain keeps that begins here: of one that is developed or rehearsed everything, since it is looked back on, and lives
 * shortly; of any other the states of late.
 */
export function policyWhenNew(
  {spec}: Pick<NodeConfiguration, "spec">,
  isRehearsal: boolean,
): PruningPolicy {
  if (spec.chainType === "Development" || isRehearsal) return KEEP_ALL;
  return {...KEEP_ALL, states: {kind: "window", blocks: STATES_KEPT}};
}

function sparedPallets(
  names: readonly string[],
  hashing: Pick<Hashing, "twox128">,
): SparedPallet[] {
  const prefixOf = (name: string) => bytesToBinary(hashing.twox128(new TextEncoder().encode(name)));
  return [...new Set(names)].sort().map(name => ({name, prefix: prefixOf(name)}));
}
