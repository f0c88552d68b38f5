import {bytesToBinary} from "#base";
import type {GenesisMakers} from "#chain-spec";
import {type Hashing, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {findPallet} from "#description";
import {type ChainRuntime, runtimeIn, seenBy} from "./chain-runtime.ts";
import type {WholeState} from "./rehearse.ts";
import {attemptRehearsal} from "./stop.ts";

/**
 * Names of the development accounts that author, and vote, on a chain as its spec has it: such a chain needs no rehearsal.
 * Undefined where any of them is somebody else, where there is nobody, and where the chain is a parachain, whose blocks need what
 * a rehearsal says of its relay chain.
 */
export function developmentAuthors(
  state: WholeState,
  makers: GenesisMakers,
): readonly string[] | undefined {
  const found = attemptRehearsal(() => namesIn(state, runtimeIn(state, makers), makers.hashing));
  return found.ok ? found.value : undefined;
}

function namesIn(
  state: WholeState,
  chain: ChainRuntime,
  hashing: Hashing,
): readonly string[] | undefined {
  if (findPallet(chain.description, "ParachainSystem") !== undefined) return undefined;
  const {authors, voters} = seenBy(state, chain, hashing);
  const names = new Set<string>();
  for (const key of [...authors, ...(voters ?? [])]) {
    const name = NAMES.get(bytesToBinary(key));
    if (name === undefined) return undefined;
    names.add(name);
  }
  return authors.length === 0 ? undefined : [...names];
}

const NAMES: ReadonlyMap<string, string> = new Map(
  WELL_KNOWN_ACCOUNTS.flatMap(({name, sr25519, ed25519}) =>
    [sr25519, ed25519].map(key => [bytesToBinary(key), name] as const),
  ),
);
