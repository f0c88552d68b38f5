import {err, ok, type Report, type Result} from "#base";
import {type Authority, AuthoritySet} from "#consensus";
import {apiVersion, describeApiFailure, grandpaAuthorities, type RuntimeHost} from "#runtime-api";
import type {ChainStore} from "#store";
import type {Blockchain, Head} from "../../chain/blockchain.ts";

/** Names under which they are kept beside the chain. */
export const SETS_KEPT_AS = "grandpa-sets";
export const VOTES_KEPT_AS = "grandpa-votes";

/** Who votes at genesis: read from the runtime's `GrandpaApi`, or a committee that stands outside of it. */
export type GenesisVoters =
  | {readonly kind: "runtime"}
  | {readonly kind: "committee"; readonly voters: readonly Authority[]};

/** The voters as the disk remembers them, or those of genesis. */
export function restoreSets(
  store: Pick<ChainStore, "value">,
  chain: Blockchain,
  voters: GenesisVoters,
  host: Pick<RuntimeHost, "verifySignature">,
): Result<AuthoritySet, Report> {
  const bytes = store.value(SETS_KEPT_AS);
  if (bytes !== undefined) {
    const restored = AuthoritySet.restore(bytes);
    return restored.ok ? restored : err(unreadable(restored.error.code));
  }
  // Where a chain begins above its genesis, the first block is the one that is final from the start.
  const genesis = chain.at(chain.genesisHash) ?? chain.at(chain.lastFinalized.hash);
  if (genesis === undefined) return err(unreadable("no genesis state"));
  const authorities = voters.kind === "committee" ? ok(voters.voters) : ask(chain, genesis, host);
  if (!authorities.ok) return authorities;
  const sets = AuthoritySet.genesis(authorities.value, genesis);
  return sets === undefined ? err(unreadable("genesis names no voters")) : ok(sets);
}

function ask(
  chain: Blockchain,
  genesis: Head,
  host: Pick<RuntimeHost, "verifySignature">,
): Result<Authority[], Report> {
  const runtime = chain.runtimeOf(genesis.state);
  if (!runtime.ok) return err(unreadable(runtime.error));
  if (apiVersion(runtime.value, "GrandpaApi") === undefined) {
    return err({
      code: "finality-unknown",
      what: "the chain's runtime does not say who votes on finality (it has no GrandpaApi)",
      did: "not started",
      todo: "say it on each node of the chain: --finality KEY,KEY,… with the ed25519 keys of a committee, or --finality at-once",
    });
  }
  const voters = grandpaAuthorities(runtime.value, chain.host(genesis.state, host));
  if (!voters.ok) return err(unreadable(describeApiFailure(voters.error)));
  const tooHeavy = voters.value.find(([, weight]) => weight > BigInt(Number.MAX_SAFE_INTEGER));
  if (tooHeavy !== undefined) return err(unreadable(`a voter has weight ${tooHeavy[1]}`));
  return ok(voters.value.map(([id, weight]) => ({id, weight: Number(weight)})));
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
