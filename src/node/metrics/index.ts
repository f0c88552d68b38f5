/**
 * What a node counts and measures, for Prometheus. Names are Substrate's wherever it has them, so that existing boards
 * and rules work; the rest is `khala_…`. Each help text ends with what a bad value means. Gauges are read when somebody
 * asks; counters are moved by the events that they count, and the tests that cause an event look at its counter.
 *
 * Out of scope: rules and boards (`deploy/`), alerts by the node itself (`desk/alerts`).
 */
export {createMetrics, type Metrics} from "./create-metrics.ts";
export {type MetricsAddress, MetricsServer} from "./metrics-server.ts";
export type {MetricsSources} from "./metrics-sources.ts";
