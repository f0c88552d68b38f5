import type {Millis, Report, Result} from "#base";
import {type ChainSpec, firstState} from "#chain-spec";
import type {Runtimes} from "#core";
import type {CryptoSuite} from "#crypto";
import {type DevelopmentWishes, type RehearsedSpec, rehearseSpec} from "#rehearsal";
import {schemeOfKind} from "./dev-keys.ts";
import {genesisMakers} from "./runtimes.ts";

/** A rehearsal of any chain that this program runs, and the runtimes that it was made with. */
export function rehearseChain(
  spec: ChainSpec,
  wishes: DevelopmentWishes,
  {crypto, runtimes, now}: {crypto: CryptoSuite; runtimes: Runtimes; now: Millis},
): Result<RehearsedSpec, Report> {
  const makers = genesisMakers(crypto, runtimes);
  const first = firstState(spec.genesis, makers);
  if (!first.ok) return first;
  const {keyPairs} = crypto;
  return rehearseSpec(spec, first.value, wishes, {
    ...makers,
    keyPairs,
    schemeOf: schemeOfKind,
    now,
  });
}
