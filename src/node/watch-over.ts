import {randomBytes} from "node:crypto";
import type {Clock, Logger} from "#base";
import type {NodeCore} from "#core";
import {followTimeServer} from "#core";
import type {CollatorDesk} from "#desk";
import {AlertWatch, alertsOf, createWebhook} from "#desk";
import type {NodeConfiguration} from "./configuration.ts";
import type {Cleanups} from "./resources.ts";

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

/** Tells the operator's webhook what goes wrong, where there is one. */
export function watchOver(
  {alertWebhook, collator, minFreeSpace, name, spec}: NodeConfiguration,
  {core, desk, freeSpace, clock, wallClock, logger}: WatchOverDependencies,
  cleanups: Cleanups,
): void {
  if (alertWebhook === undefined) return;
  const webhook = createWebhook(alertWebhook, {clock, logger});
  const watch = new AlertWatch({
    clock,
    wallClock,
    node: name,
    chain: spec.id,
    send: message => webhook.send(message),
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
  const abort = new AbortController();
  watch.run(abort.signal).catch((error: unknown) => {
    if (!abort.signal.aborted) logger.log("error", "alerts", "alerts have ended", {error});
  });
  cleanups.push(() => {
    abort.abort(new Error("stopping"));
    webhook.stop();
  });
}
