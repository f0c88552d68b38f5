import {Counter, Gauge, type Registry} from "prom-client";
import type {MetricsSources} from "./metrics-sources.ts";

/** How pruning stands. */
export function pruningMetrics(registers: Registry[], {pruning}: MetricsSources["store"]): void {
  new Gauge({
    name: "khala_lowest_kept_height",
    help: "The lowest height of which a state, or a body, is kept. Bad: stands still while blocks become final, where not all are to be kept.",
    labelNames: ["of"],
    registers,
    collect() {
      const {floor, bodiesFrom} = pruning.status();
      this.set({of: "state"}, floor);
      this.set({of: "body"}, bodiesFrom);
    },
  });
  new Gauge({
    name: "khala_states_to_remove",
    help: "States that are not kept any more and not removed yet. Bad: rises for long; something holds on to an old state.",
    registers,
    collect() {
      this.set(pruning.status().behind);
    },
  });
  new Counter({
    name: "khala_pruned_bytes_total",
    help: "Bytes of states and bodies that were removed since the database was begun. Bad: stands still while blocks become final, where not all are to be kept.",
    registers,
    collect() {
      this.reset();
      this.inc(pruning.status().bytesRemoved);
    },
  });
}
