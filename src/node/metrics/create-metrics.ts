import {collectDefaultMetrics, Registry} from "prom-client";
import type {NodeCore} from "#core";
import type {CollatorDesk, SlotJournal} from "#desk";
import type {RpcObserver} from "#rpc";
import type {NodeConfiguration} from "../configuration.ts";
import {chainMetrics} from "./chain-metrics.ts";
import {collatorMetrics} from "./collator-metrics.ts";
import {networkMetrics} from "./network-metrics.ts";
import {rpcMetrics} from "./rpc-metrics.ts";

export interface MetricsSources {
  readonly configuration: Pick<NodeConfiguration, "spec" | "version" | "collator">;
  readonly core: NodeCore;
  readonly desk: CollatorDesk;
  readonly journal: SlotJournal;
  /** Bytes free where the database is. */
  readonly freeSpace: () => number;
}

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
  collatorMetrics(registry, sources);
  return {registry, rpc: rpcMetrics(registry)};
}
