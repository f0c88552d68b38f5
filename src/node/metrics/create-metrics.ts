import {collectDefaultMetrics, Registry} from "prom-client";
import type {RpcObserver} from "#rpc";
import {chainMetrics} from "./chain-metrics.ts";
import {collatorMetrics} from "./collator-metrics.ts";
import type {MetricsSources} from "./metrics-sources.ts";
import {networkMetrics} from "./network-metrics.ts";
import {rpcMetrics} from "./rpc-metrics.ts";
import {storageMetrics} from "./storage-metrics.ts";
import {workMetrics} from "./work-metrics.ts";

export interface Metrics {
  readonly registry: Registry;
  readonly rpc: RpcObserver;
}

/** One registry a node: several may run in one process. */
export function createMetrics(sources: MetricsSources): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({chain: sources.configuration.spec.id});
  collectDefaultMetrics({register: registry});
  chainMetrics(registry, sources);
  networkMetrics(registry, sources);
  workMetrics(registry, sources);
  collatorMetrics(registry, sources);
  storageMetrics([registry], sources);
  return {registry, rpc: rpcMetrics(registry)};
}
