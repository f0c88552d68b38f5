import {err, type SlicesDependencies} from "#base";
import type {Blockchain} from "#core";
import {GRANDPA_ENGINE} from "#primitives";
import type {ChainQuestions} from "#rpc";
import type {RuntimeHost} from "#runtime-api";
import {ChainFeeds} from "./chain-feeds.ts";

/** What a runtime answers by itself: asked of blocks too whose states are gone, by all who read old blocks. */
const OF_RUNTIME_ALONE: ReadonlySet<string> = new Set([
  "Core_version",
  "Metadata_metadata",
  "Metadata_metadata_at_version",
  "Metadata_metadata_versions",
]);

/** The chain as RPC clients see it. */
export function createChainAnswers(
  chain: Blockchain,
  host: Omit<RuntimeHost, "state">,
  thread: SlicesDependencies,
  onFault: (fault: unknown) => void,
): ChainQuestions {
  const feeds = new ChainFeeds(chain, thread, onFault);
  return {
    genesisHash: chain.genesisHash,
    best: () => chain.best(),
    finalized: () => chain.finalized(),
    header: hash => chain.headerBytes(hash),
    body: hash => chain.body(hash),
    justifications(hash) {
      const bytes = chain.justification(hash);
      return bytes === undefined ? undefined : [{engine: GRANDPA_ENGINE, bytes}];
    },
    hashOf: number => chain.hashOf(number),
    hashesAt: number => chain.hashesAt(number),
    isGivenUp: hash => chain.isGivenUp(hash),
    state: hash => chain.view(hash),
    discarded: hash => chain.discarded(hash),
    keptPart: hash => chain.keptPart(hash),
    pin: hash => chain.pin(hash),
    call(hash, name, args) {
      const needsNoState = OF_RUNTIME_ALONE.has(name);
      const state = chain.state(hash) ?? (needsNoState ? chain.runtimeAlone(hash) : undefined);
      if (state === undefined) return err({code: "state-unavailable"});
      const runtime = chain.runtimeOf(state);
      if (!runtime.ok) return err({code: "trap", name, message: runtime.error});
      return runtime.value.call(name, args, chain.host(state, host));
    },
    onImport: listener => feeds.on("import", listener),
    onBest: listener => feeds.on("best", listener),
    onFinalized: listener => feeds.on("finalized", listener),
  };
}
