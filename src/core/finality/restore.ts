import {err, ok, type Report, type Result} from "#base";
import {AuthoritySet} from "#consensus";
import {describeApiFailure, grandpaAuthorities} from "#runtime-api";
import type {ChainStore} from "#store";
import type {Blockchain} from "../chain/blockchain.ts";

/** Names under which they are kept beside the chain. */
export const SETS_KEPT_AS = "grandpa-sets";
export const VOTES_KEPT_AS = "grandpa-votes";

/** The voters as the disk remembers them, or those of genesis. */
export function restoreSets(
  store: Pick<ChainStore, "value">,
  chain: Blockchain,
): Result<AuthoritySet, Report> {
  const bytes = store.value(SETS_KEPT_AS);
  if (bytes !== undefined) {
    const restored = AuthoritySet.restore(bytes);
    return restored.ok ? restored : err(unreadable(restored.error.code));
  }
  const genesis = chain.at(chain.genesisHash);
  if (genesis === undefined) return err(unreadable("no genesis state"));
  const runtime = chain.runtimeOf(genesis.state);
  if (!runtime.ok) return err(unreadable(runtime.error));
  const host = chain.host(genesis.state, {verifySignature: () => false});
  const voters = grandpaAuthorities(runtime.value, host);
  if (!voters.ok) return err(unreadable(describeApiFailure(voters.error)));
  const authorities = voters.value.map(([id, weight]) => ({id, weight: Number(weight)}));
  const sets = AuthoritySet.genesis(authorities, genesis);
  return sets === undefined ? err(unreadable("genesis names no voters")) : ok(sets);
}

function unreadable(reason: string): Report {
  return {
    code: "voters-unreadable",
    what: "it is not known who votes on finality",
    facts: [["reason", reason]],
    did: "not started",
    todo: "khala purge-chain, then let the node fetch the chain again",
  };
}
