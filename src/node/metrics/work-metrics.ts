import {Counter, type Registry} from "prom-client";
import type {MetricsSources} from "./metrics-sources.ts";

type PoolCount = keyof MetricsSources["core"]["pool"]["counts"];

/** Names and meanings as of Substrate's `sc-transaction-pool` (metrics.rs), which knows no threads of ours. */
const OF_THE_POOL: readonly [count: PoolCount, name: string, help: string][] = [
  [
    "submitted",
    "substrate_sub_txpool_submitted_transactions",
    "Transactions handed in, by clients, peers and blocks that left the best chain. Bad: far above what the chain takes.",
  ],
  [
    "validationsScheduled",
    "substrate_sub_txpool_validations_scheduled",
    "Questions to the runtime whether a transaction is valid. Bad: runs away from substrate_sub_txpool_validations_finished.",
  ],
  [
    "validationsFinished",
    "substrate_sub_txpool_validations_finished",
    "Of those, answered ones. Bad: falls behind; the node does not keep up with what is handed in.",
  ],
  [
    "validatedElsewhere",
    "khala_txpool_validations_on_threads_total",
    "Of the answered, those that another thread answered, as when many come. Bad: 0 while hundreds a second are handed in, and the log tells of threads that ended.",
  ],
  [
    "validationsInvalid",
    "substrate_sub_txpool_validations_invalid",
    "Of the answered, those that were no. Bad: nearly all of them; somebody floods the node, or signs for another runtime.",
  ],
  [
    "blockTransactionsPruned",
    "substrate_sub_txpool_block_transactions_pruned",
    "Transactions of blocks of the best chain, inherents among them; each leaves the pool. Bad: stands still while blocks come.",
  ],
];

/**
 * What the node works on. It runs no tasks of Substrate's kind; what boards show of these is how many began and ended, and
 * so the pieces of work that Substrate has tasks for are counted by its names.
 */
export function workMetrics(registry: Registry, {core}: Pick<MetricsSources, "core">): void {
  const registers = [registry];
  for (const [count, name, help] of OF_THE_POOL) {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(core.pool.counts[count]);
      },
    });
  }
  const work = {made: 0, imported: 0};
  core.onBlockMade(() => {
    work.made++;
  });
  core.onImported(() => {
    work.imported++;
  });
  const labelNames = ["task_name"];
  const told = (counter: Counter, validations: number) => {
    counter.reset();
    counter.inc({task_name: "basic-authorship-proposer"}, work.made);
    counter.inc({task_name: "basic-block-import-worker"}, work.imported);
    counter.inc({task_name: "validate-transaction"}, validations);
  };
  new Counter({
    name: "substrate_tasks_spawned_total",
    help: "Pieces of work begun: blocks made, blocks of peers imported, transactions judged. Bad: runs away from substrate_tasks_ended_total.",
    labelNames,
    registers,
    collect() {
      told(this, core.pool.counts.validationsScheduled);
    },
  });
  new Counter({
    name: "substrate_tasks_ended_total",
    help: "Of those, ended ones; of blocks both are counted when they are done. Bad: falls behind substrate_tasks_spawned_total.",
    labelNames,
    registers,
    collect() {
      told(this, core.pool.counts.validationsFinished);
    },
  });
}
