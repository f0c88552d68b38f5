import type {Logger} from "#base";
import type {Runtimes} from "#core";
import {apiVersion, type Runtime} from "#runtime-api";
import type {ChainStore} from "#store";
import type {NodeConfiguration} from "./configuration.ts";

/**
 * A chain that lives by a relay chain has a part of every block from there, which this node has no way to get, and one whose
 * authors take turns in another way than Aura's has blocks that it cannot judge; and the specs of such chains name boot nodes
 * that others run. So of such a chain the node serves state, metadata and calls, makes no blocks, and dials nobody.
 */
export function serveStateOnly(
  configuration: NodeConfiguration,
  store: Pick<ChainStore, "best" | "stateAt">,
  runtimes: Runtimes,
  logger: Logger,
): NodeConfiguration {
  const state = store.stateAt(store.best.hash);
  const runtime = state === undefined ? undefined : runtimes.runtimeOf(state);
  // What cannot be opened says why where it is opened.
  const reason = runtime?.ok ? whyStateOnly(runtime.value, store.best) : undefined;
  if (reason === undefined) return configuration;
  const {telemetry: _, ...rest} = configuration;
  logger.log(
    "warn",
    "node",
    `${reason}: its state and calls are served, no blocks are made and no peers are met`,
  );
  return {
    ...rest,
    isStateOnly: true,
    collator: false,
    devKeys: [],
    seal: {kind: "slots"},
    // Nothing becomes final here, whatever voters the runtime may name.
    finality: {kind: "at-once"},
    network: {...rest.network, listen: []},
  };
}

/** Undefined: blocks of such a runtime can be made and taken here. */
function whyStateOnly(runtime: Runtime, best: {readonly number: number}): string | undefined {
  const {specName} = runtime.version;
  if (apiVersion(runtime, "CollectCollationInfo") !== undefined) {
    return `${specName} needs a relay chain`;
  }
  // A chain with blocks had Aura once; that it lost it is said by whoever misses it.
  if (apiVersion(runtime, "AuraApi") !== undefined || best.number > 0) return undefined;
  const by = apiVersion(runtime, "BabeApi") === undefined ? "" : " but by BABE";
  return `authors of ${specName} do not take turns by Aura${by}`;
}
