import type {Report} from "#base";
import {fatalReport} from "#core";

/** What nobody caught is a bug, unless it is the disk's or the state's fault. */
export function uncaughtReport(error: unknown): Report {
  const found = fatalReport(error);
  return found.code === "node-broken" ? {...found, code: "bug"} : found;
}

/**
 * Nothing that happens after an error that nobody caught can be trusted: the first one is reported, and the node is
 * stopped in order, with what is on disk whole.
 */
export function reportUncaught(onFatal: (report: Report) => void): void {
  let isReported = false;
  const report = (error: unknown) => {
    if (isReported) return;
    isReported = true;
    onFatal(uncaughtReport(error));
  };
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
}
