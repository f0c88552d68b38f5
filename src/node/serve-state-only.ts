import type {Logger} from "#base";
import type {Runtimes} from "#core";
import {apiVersion} from "#runtime-api";
import type {ChainStore} from "#store";
import type {NodeConfiguration} from "./configuration.ts";

/**
 * A chain that lives by a relay chain has a part of every block from there, which this node has no way to get; and its spec
 * names boot nodes of a chain that others run. So of such a chain the node serves state, metadata and calls, makes no
 * blocks, and dials nobody.
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
  if (!runtime?.ok || apiVersion(runtime.value, "CollectCollationInfo") === undefined) {
    return configuration;
  }
  const {telemetry: _, ...rest} = configuration;
  logger.log(
    "warn",
    "node",
    `${runtime.value.version.specName} needs a relay chain: its state and calls are served, no blocks are made and no peers are met`,
  );
  return {
    ...rest,
    collator: false,
    seal: {kind: "slots"},
    // Its relay chain says what is final, and the runtime names no voters.
    finality: rest.finality ?? {kind: "at-once"},
    network: {...rest.network, listen: []},
  };
}
