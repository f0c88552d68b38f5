import {Counter, Gauge, type Registry} from "prom-client";
import type {MetricsSources} from "./metrics-sources.ts";

export function networkMetrics(
  registry: Registry,
  {core, configuration}: Pick<MetricsSources, "core" | "configuration">,
): void {
  const {membership} = core;
  const registers = [registry];
  new Gauge({
    name: "substrate_sub_libp2p_peers_count",
    help: "Peers. Bad: 0 for minutes, or fewer than three where many should be known.",
    registers,
    collect() {
      this.set(membership?.peers() ?? 0);
    },
  });
  new Gauge({
    name: "substrate_sync_peers",
    help: "Peers that blocks are exchanged with: those with a slot. Bad: 0 for minutes.",
    registers,
    collect() {
      this.set(membership?.peers() ?? 0);
    },
  });
  new Counter({
    name: "substrate_sub_libp2p_network_bytes_total",
    help: "Bytes to (out) and from (in) all peers, encryption and frames among them. Bad: in stands still while peers are connected.",
    labelNames: ["direction"],
    registers,
    collect() {
      setCounter(this, membership?.network.traffic);
    },
  });
  const counts = membership?.network.connections;
  new Counter({
    name: "substrate_sub_libp2p_connections_opened_total",
    help: "Peers that connected (in) or were dialled (out), slot or none. Bad: rises fast and steadily; they do not stay.",
    labelNames: ["direction"],
    registers,
    collect() {
      setCounter(this, counts?.opened);
    },
  });
  new Counter({
    name: "substrate_sub_libp2p_connections_closed_total",
    help: "Peers whose connection ended, by who had dialled. Bad: keeps up with substrate_sub_libp2p_connections_opened_total; nobody stays.",
    labelNames: ["direction"],
    registers,
    collect() {
      setCounter(this, counts?.closed);
    },
  });
  new Gauge({
    name: "substrate_sub_libp2p_is_major_syncing",
    help: "1 while the node catches up with the chain, and makes no blocks. Bad: 1 for long after the first start.",
    registers,
    collect() {
      this.set(membership?.isMajorSyncing() === true ? 1 : 0);
    },
  });
  new Gauge({
    name: "khala_banned_peers_number",
    help: "Peers that are not let in. Bad: many at once: this node, or many others, may run another chain or version.",
    registers,
    collect() {
      this.set(membership?.network.bans().length ?? 0);
    },
  });
  new Gauge({
    name: "substrate_node_roles",
    help: "1: full node, 4: authority. Bad: 1 where the node is meant to collate; it was started without --collator.",
    registers,
  }).set(configuration.collator ? 4 : 1);
}

/** What is counted elsewhere; a node without peers has none. */
function setCounter(counter: Counter, counts = {in: 0, out: 0}): void {
  counter.reset();
  for (const direction of ["in", "out"] as const) counter.inc({direction}, counts[direction]);
}
