import type {GrandpaPart} from "#core";
import type {Hash} from "#primitives";
import type {ChainFacts} from "./chain-facts.ts";
import type {MissingVoter} from "./vocabulary.ts";

/** Substrate's name for the kind of keys by which finality is voted on (sp_core::crypto::key_types::GRANDPA). */
const GRANDPA = "gran";

/** Whose votes the running round lacks, in the step that it stands in. */
export function missingVoters(
  grandpa: Pick<GrandpaPart, "status"> | undefined,
  facts: Pick<ChainFacts, "keyOwner">,
  best: Hash,
): readonly MissingVoter[] {
  if (grandpa === undefined) return [];
  const {prevoteWeight, threshold, missing} = grandpa.status;
  const silent = prevoteWeight < threshold ? missing.prevote : missing.precommit;
  return silent.map(key => ({key, account: facts.keyOwner(best, GRANDPA, key)}));
}
