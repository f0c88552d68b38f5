import {Counter, Histogram, type Registry} from "prom-client";
import type {RpcObserver} from "#rpc";

export function rpcMetrics(registry: Registry): RpcObserver {
  const registers = [registry];
  const started = new Counter({
    name: "substrate_rpc_calls_started",
    help: "RPC calls begun, by method. Bad: rises much faster than substrate_rpc_calls_finished; calls pile up.",
    labelNames: ["method"],
    registers,
  });
  const finished = new Counter({
    name: "substrate_rpc_calls_finished",
    help: "RPC calls answered, by method and whether with an error. Bad: errors rise, a client is broken or hostile.",
    labelNames: ["method", "is_error"],
    registers,
  });
  const took = new Histogram({
    name: "substrate_rpc_calls_time",
    help: "Microseconds that RPC calls took, by method. Bad: many beyond 100,000; calls take the time of blocks.",
    labelNames: ["method"],
    buckets: [25, 100, 500, 1_000, 2_500, 10_000, 25_000, 100_000, 1_000_000],
    registers,
  });
  const opened = new Counter({
    name: "substrate_rpc_sessions_opened",
    help: "Clients that connected by WebSocket. Bad: rises by many a minute; a client connects anew for each question.",
    registers,
  });
  const closed = new Counter({
    name: "substrate_rpc_sessions_closed",
    help: "Clients that left. Bad: stays far behind substrate_rpc_sessions_opened; that many are connected.",
    registers,
  });
  const cut = new Counter({
    name: "khala_rpc_sessions_cut_total",
    help: "Clients that were cut off, since they did not read or gave no sign of life. Bad: rises steadily.",
    registers,
  });
  return {
    callStarted: method => started.inc({method}),
    callFinished(method, milliseconds, isError) {
      finished.inc({method, is_error: String(isError)});
      took.observe({method}, milliseconds * 1_000);
    },
    sessionOpened: () => opened.inc(),
    sessionClosed(wasCut) {
      closed.inc();
      if (wasCut) cut.inc();
    },
  };
}
