import {Gauge, Histogram, type Registry} from "prom-client";
import type {MetricsSources} from "./metrics-sources.ts";
import {pruningMetrics} from "./pruning-metrics.ts";

export function chainMetrics(
  registry: Registry,
  {core, configuration, store}: Omit<MetricsSources, "desk" | "journal" | "freeSpace">,
): void {
  const {chain, pool, finality} = core;
  const registers = [registry];
  new Gauge({
    name: "substrate_build_info",
    help: "Name and version of the program, always 1. Bad: several versions in one network for long.",
    labelNames: ["name", "version"],
    registers,
  }).set({name: "khala", version: configuration.version}, 1);
  new Gauge({
    name: "substrate_block_height",
    help: "Heights of the best and the last final block, and of the highest that peers speak of. Bad: best stands still, or stays far below sync_target.",
    labelNames: ["status"],
    registers,
    collect() {
      const best = chain.best().number;
      this.set({status: "best"}, best);
      this.set({status: "finalized"}, chain.finalized().number);
      this.set({status: "sync_target"}, Math.max(best, core.membership?.syncTarget() ?? 0));
    },
  });
  new Gauge({
    name: "substrate_number_leaves",
    help: "Ends of chains that are not final: 1 without forks. Bad: rises; nodes do not see each other's blocks in time.",
    registers,
    collect() {
      this.set(chain.leafCount(chain.finalized().number));
    },
  });
  new Gauge({
    name: "khala_finality_lag_blocks",
    help: "Blocks that are not final yet. Bad: above 20, when votes are missing.",
    registers,
    collect() {
      this.set(chain.best().number - chain.finalized().number);
    },
  });
  pruningMetrics(registers, store);
  const {grandpa} = finality;
  if (grandpa !== undefined) {
    new Gauge({
      name: "substrate_finality_grandpa_round",
      help: "The round of votes under way. Bad: stands still while blocks come.",
      registers,
      collect() {
        this.set(grandpa.status.round);
      },
    });
  }
  new Gauge({
    name: "substrate_ready_transactions_number",
    help: "Transactions that wait for a block. Bad: rises and does not fall, when blocks are full or nobody makes any.",
    registers,
    collect() {
      this.set(pool.status.ready);
    },
  });
  new Gauge({
    name: "khala_equivocations_number",
    help: "Proofs that somebody signed twice, blocks and votes together. Bad: anything but 0.",
    registers,
    collect() {
      this.set(core.equivocations.all.length + (grandpa?.equivocations.length ?? 0));
    },
  });
  const proofs = new Histogram({
    name: "khala_block_proof_bytes",
    help: "Bytes of the compact proofs of blocks, own and others', where the chain's settings or --validate-own-blocks have them noted. Bad: near what a relay chain takes, 5 MiB on Polkadot and Kusama, block and proof together.",
    buckets: [1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 2_621_440, 5_242_880],
    registers,
  });
  chain.on("import", ({proofSize}) => {
    if (proofSize !== undefined) proofs.observe(proofSize);
  });
  const imported = new Histogram({
    name: "substrate_block_verification_and_import_time",
    help: "Seconds to check, execute and keep a block of a peer. Bad: near the length of a slot; the node cannot keep up.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  core.onImported(took => imported.observe(took / 1_000));
  const constructed = new Histogram({
    name: "substrate_proposer_block_constructed",
    help: "Seconds from the start of making a block of ours to having it on disk. Bad: near the length of a slot.",
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4],
    registers,
  });
  const transactions = new Gauge({
    name: "substrate_proposer_number_of_transactions",
    help: "Transactions in the last block that this node made, besides inherents. Bad: 0 while substrate_ready_transactions_number is not.",
    registers,
  });
  core.onBlockMade(block => {
    constructed.observe(block.took / 1_000);
    transactions.set(block.transactions);
  });
}
