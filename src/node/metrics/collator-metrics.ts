import {Counter, Gauge, type Registry} from "prom-client";
import {SLOT_OUTCOMES, VERDICTS} from "#rpc";
import type {MetricsSources} from "./create-metrics.ts";

export function collatorMetrics(
  registry: Registry,
  {core, desk, journal, freeSpace}: Omit<MetricsSources, "configuration">,
): void {
  const registers = [registry];
  const slots = new Counter({
    name: "khala_slots_total",
    help: "Own slots by what became of them, since the process started; a slot whose block becomes final or is lost counts under both. Bad: any outcome but produced and final rises.",
    labelNames: ["outcome"],
    registers,
  });
  for (const outcome of SLOT_OUTCOMES) slots.inc({outcome}, 0);
  journal.onNote(({outcome}) => slots.inc({outcome}));
  new Gauge({
    name: "khala_verdict",
    help: "1 for the verdict of now, 0 for all others. Bad: any but producing, queued and leaving is 1.",
    labelNames: ["verdict"],
    registers,
    collect() {
      const {code} = desk.status().verdict;
      for (const verdict of VERDICTS) this.set({verdict}, verdict === code ? 1 : 0);
    },
  });
  new Gauge({
    name: "khala_kick_blocks_left",
    help: "Blocks until this collator is kicked if it authors nothing; -1 where it never is. Bad: falls below a session.",
    registers,
    collect() {
      this.set(desk.status().standing?.kick.blocksLeft ?? -1);
    },
  });
  new Gauge({
    name: "khala_keys_match",
    help: "1 while the keystore has the keys that the chain expects, now and next. Bad: 0, blocks will not be signed.",
    registers,
    collect() {
      const {keys} = desk.status();
      this.set(keys === undefined || keys.verdict === "mismatch" ? 0 : 1);
    },
  });
  new Gauge({
    name: "khala_session_index",
    help: "The session of the best block.",
    registers,
    collect() {
      this.set(desk.status().session.index);
    },
  });
  new Gauge({
    name: "khala_session_blocks_left",
    help: "Blocks until the next session begins.",
    registers,
    collect() {
      const {session, head} = desk.status();
      this.set(session.nextRotationBlock - head.best);
    },
  });
  new Gauge({
    name: "khala_clock_offset_seconds",
    help: "How far this machine's clock is ahead of others'. Bad: beyond a second either way; blocks are made too early or too late.",
    registers,
    collect() {
      const {offset} = core.clockStatus();
      if (offset !== undefined) this.set(offset / 1_000);
    },
  });
  new Gauge({
    name: "khala_disk_free_bytes",
    help: "Space left where the database is. Bad: near --min-free-space, at which the node stops.",
    registers,
    collect() {
      this.set(freeSpace());
    },
  });
}
