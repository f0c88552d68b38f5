import {
  type AuthorityList,
  AuthoritySets,
  type ChainView,
  decodeVotingState,
  type VotingState,
} from "#consensus";
import {grandpaAuthorities} from "#runtime-api";
import type {ChainStore} from "#store";
import type {Blockchain} from "../chain/blockchain.ts";

/** Names under which they are kept beside the chain. */
export const SETS_KEPT_AS = "grandpa-sets";
export const VOTES_KEPT_AS = "grandpa-votes";

/**
 * The voters as the disk remembers them, or of genesis. What was not written before a crash is found out again from
 * the blocks that are kept: changes that they announce, and one that was made by the last final block.
 */
export function restoreSets(
  {store, chain}: {store: ChainStore; chain: Blockchain},
  view: ChainView,
): AuthoritySets {
  const bytes = store.value(SETS_KEPT_AS);
  const decoded = bytes === undefined ? undefined : AuthoritySets.decode(bytes);
  const sets = decoded?.ok ? decoded.value : AuthoritySets.begin(votersOf(chain));
  const finalized = chain.lastFinalized;
  for (const hash of [finalized.hash, ...chain.unfinalized()]) {
    const header = chain.header(hash)!;
    const {number} = header;
    if (number > finalized.number) sets.blockImported({hash, number}, header, view, finalized);
  }
  sets.blockFinalized(finalized, view);
  return sets;
}

/** The voters of the last final state; none where the chain has no finality of its own. */
function votersOf(chain: Blockchain): AuthorityList {
  const at = chain.at(chain.genesisHash);
  const runtime = at === undefined ? undefined : chain.runtimeOf(at.state);
  if (at === undefined || !runtime?.ok) return [];
  const host = chain.host(at.state, {verifySignature: () => false});
  const voters = grandpaAuthorities(runtime.value, host);
  return voters.ok ? voters.value : [];
}

export function restoreVoting(store: ChainStore): VotingState | undefined {
  const bytes = store.value(VOTES_KEPT_AS);
  const decoded = bytes === undefined ? undefined : decodeVotingState(bytes);
  return decoded?.ok ? decoded.value : undefined;
}
