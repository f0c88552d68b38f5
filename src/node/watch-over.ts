import {randomBytes} from "node:crypto";
import {type Clock, type Logger, millis} from "#base";
import type {NodeCore} from "#core";
import {followTimeServer} from "#core";
import type {CollatorDesk} from "#desk";
import {AlertWatch, alertsOf, createWebhook} from "#desk";
import type {NodeConfiguration} from "./configuration.ts";
import type {Cleanups} from "./resources.ts";

/** As fine as the finest steps that are kept (`LagHistory`). */
const BETWEEN_NOTES = 5_000;

export interface WatchOverDependencies {
  readonly core: NodeCore;
  readonly desk: CollatorDesk;
  readonly freeSpace: () => number | undefined;
  readonly clock: Clock;
  readonly wallClock: Clock;
  readonly logger: Logger;
}

/** Holds the clock against a time server, where one is named. */
export function watchClock(
  {ntpServer}: Pick<NodeConfiguration, "ntpServer">,
  core: Pick<NodeCore, "clockWatch">,
  {clock, wallClock, logger}: Pick<WatchOverDependencies, "clock" | "wallClock" | "logger">,
  cleanups: Cleanups,
): void {
  if (ntpServer === undefined) return;
  const abort = new AbortController();
  const deps = {
    clock,
    wallClock,
    logger,
    randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  };
  followTimeServer(ntpServer, core.clockWatch, deps, abort.signal).catch((error: unknown) => {
    if (!abort.signal.aborted)
      logger.log("error", "clock", "no longer asked for the time", {error});
  });
  cleanups.push(() => abort.abort(new Error("stopping")));
}

/** Notes now and then how finality goes, for charts: a chain that stands still says nothing of it. */
export function noteHistory(
  desk: Pick<CollatorDesk, "look">,
  {clock, logger}: Pick<WatchOverDependencies, "clock" | "logger">,
  cleanups: Cleanups,
): void {
  const abort = new AbortController();
  const run = async () => {
    while (!abort.signal.aborted) {
      desk.look();
      await clock.until(millis(clock.now() + BETWEEN_NOTES), abort.signal);
    }
  };
  run().catch((error: unknown) => {
    if (!abort.signal.aborted) logger.log("error", "desk", "history has ended", {error});
  });
  cleanups.push(() => abort.abort(new Error("stopping")));
}

/**
 * What looks after a collator, and tells the operator's webhook where there is one. A node that makes no blocks and has nobody
 * to tell has none.
 */
export function createWatch(
  {alertWebhook, collator, minFreeSpace, name, spec}: NodeConfiguration,
  {core, desk, freeSpace, clock, wallClock, logger}: WatchOverDependencies,
  cleanups: Cleanups,
): AlertWatch | undefined {
  if (alertWebhook === undefined && !collator) return undefined;
  const webhook = alertWebhook && createWebhook(alertWebhook, {clock, wallClock, logger});
  cleanups.push(() => webhook?.stop());
  return new AlertWatch({
    clock,
    wallClock,
    node: name,
    chain: spec.id,
    webhook,
    alerts: () =>
      alertsOf({
        status: desk.status(),
        recent: desk.recent(),
        isCollator: collator,
        freeSpace: freeSpace(),
        minFreeSpace,
        equivocations:
          core.equivocations.all.length + (core.finality.grandpa?.equivocations.length ?? 0),
      }),
  });
}

/** Looks until the node stops. */
export function watchOver(
  watch: AlertWatch,
  {logger}: Pick<WatchOverDependencies, "logger">,
  cleanups: Cleanups,
): void {
  const abort = new AbortController();
  watch.run(abort.signal).catch((error: unknown) => {
    if (!abort.signal.aborted) logger.log("error", "alerts", "alerts have ended", {error});
  });
  cleanups.push(() => abort.abort(new Error("stopping")));
}
