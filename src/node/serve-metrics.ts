import {err, formatReport, type Logger, ok, type Result} from "#base";
import type {NodeConfiguration} from "./configuration.ts";
import {type Metrics, type MetricsAddress, MetricsServer} from "./metrics/index.ts";
import type {Cleanups} from "./resources.ts";

/** Serves metrics where the configuration wants them. A failure is in words. */
export async function serveMetrics(
  {prometheus}: Pick<NodeConfiguration, "prometheus">,
  {registry}: Metrics,
  logger: Logger,
  cleanups: Cleanups,
): Promise<Result<MetricsAddress | undefined, string>> {
  if (prometheus === undefined) return ok(undefined);
  const {host, port, isPortAWish} = prometheus;
  for (const wanted of isPortAWish ? [port, 0] : [port]) {
    const server = new MetricsServer(registry, logger);
    const listening = await server.listen({host, port: wanted});
    if (listening.ok) {
      cleanups.push(() => server.close());
      return listening;
    }
    if (wanted !== 0 && isPortAWish) continue;
    return err(
      formatReport({
        code: "metrics-port",
        what: `metrics cannot be served on ${host}:${wanted}: ${listening.error}`,
        did: "not started",
        todo: "choose another --prometheus-port, or --no-prometheus",
      }),
    );
  }
  return ok(undefined);
}
