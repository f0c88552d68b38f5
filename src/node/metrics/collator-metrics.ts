import {Counter, Gauge, type Registry} from "prom-client";
import {areKeysMissing, type CollatorStatus, SLOT_OUTCOMES, VERDICTS} from "#desk";
import type {MetricsSources} from "./metrics-sources.ts";

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
    help: "1 for the verdict of now, 0 for all others. Bad: any but producing, queued and leaving is 1; of set-unpublished the sentence says whether it is.",
    labelNames: ["verdict"],
    registers,
    collect() {
      const {code} = desk.status().verdict;
      for (const verdict of VERDICTS) this.set({verdict}, verdict === code ? 1 : 0);
    },
  });
  new Gauge({
    name: "khala_kick_blocks_left",
    help: "Blocks until this collator is kicked if it authors nothing; -1 where it never is, absent where that is not known. Bad: low while khala_kick_pressing is 1; where the threshold is a session, all begin each one low.",
    registers,
    collect() {
      setOrRemove(this, kickBlocksLeft(desk.status()));
    },
  });
  new Gauge({
    name: "khala_kick_pressing",
    help: "1 while this collator has let its turns pass and is kicked at the next session change unless it authors; absent where that is not known. Bad: 1.",
    registers,
    collect() {
      setOrRemove(this, kickPressing(desk.status()));
    },
  });
  new Gauge({
    name: "khala_keys_match",
    help: "1 while the keystore has the keys that the chain expects, now and next; absent while it expects none of the account. Bad: 0, blocks will not be signed.",
    registers,
    collect() {
      setOrRemove(this, keysMatch(desk.status()));
    },
  });
  new Gauge({
    name: "khala_keys_stopped",
    help: "Keys of this node that sign nothing, since another node was seen to sign with them. Bad: above 0.",
    registers,
    collect() {
      this.set(desk.status().stoppedKeys.length);
    },
  });
  new Gauge({
    name: "khala_session_index",
    help: "The session of the best block; absent on chains without sessions. Bad: stands still for longer than a session should take, or differs from other nodes'.",
    registers,
    collect() {
      setOrRemove(this, desk.status().session.index);
    },
  });
  new Gauge({
    name: "khala_session_blocks_left",
    help: "Blocks until the next session begins; absent where the chain does not publish when that is. Bad: stands still; no blocks come.",
    registers,
    collect() {
      const {session, head} = desk.status();
      const {nextRotationBlock} = session;
      setOrRemove(this, nextRotationBlock && nextRotationBlock - head.best);
    },
  });
  new Gauge({
    name: "khala_clock_offset_seconds",
    help: "How far this machine's clock is ahead of others', absent while nobody says. Bad: beyond khala_clock_bound_seconds either way; no blocks are made.",
    registers,
    collect() {
      const {offset} = core.clockStatus();
      setOrRemove(this, offset === undefined ? undefined : offset / 1_000);
    },
  });
  new Gauge({
    name: "khala_clock_bound_seconds",
    help: "How far the clock may be off: a quarter of a slot, at least a second. Bad: khala_clock_offset_seconds is beyond it.",
    registers,
    collect() {
      this.set(core.clockStatus().bound / 1_000);
    },
  });
  new Gauge({
    name: "khala_disk_free_bytes",
    help: "Space left where the database is. Bad: near --min-free-space, at which the node stops.",
    registers,
    collect() {
      setOrRemove(this, freeSpace());
    },
  });
}

/** What is not known is no number: neither 0 nor what it was when it was known. */
function setOrRemove(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove();
  else gauge.set(value);
}

/** Without an account there is nobody to be kicked; where the chain publishes no set nobody knows. */
const isKickKnown = ({whyNoSet, standing}: CollatorStatus): boolean =>
  whyNoSet === undefined && (standing === undefined || standing.kick.fate !== undefined);

const kickBlocksLeft = (status: CollatorStatus): number | undefined =>
  isKickKnown(status) ? (status.standing?.kick.blocksLeft ?? -1) : undefined;

function kickPressing(status: CollatorStatus): 0 | 1 | undefined {
  if (!isKickKnown(status)) return undefined;
  const {standing} = status;
  return standing?.isActive === true && standing.kick.isPressing ? 1 : 0;
}

/** A node that collates for nobody can sign for nobody; where the chain publishes no set nobody knows for whom it does. */
function keysMatch(status: CollatorStatus): 0 | 1 | undefined {
  const {keys} = status;
  if (keys === undefined && status.whyNoSet !== undefined) return undefined;
  if (keys === undefined || areKeysMissing(status)) return 0;
  return keys.verdict === "match" || keys.verdict === "will-match" ? 1 : undefined;
}
