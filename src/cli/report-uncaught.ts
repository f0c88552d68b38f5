import type {Report} from "#base";
import {faultReport} from "#node";

/**
 * What nobody caught is a bug, unless it is the disk's or the state's fault, and nothing that happens after it can be
 * trusted: the first one is reported, and the node is stopped in order, with what is on disk whole.
 */
export function reportUncaught(onFatal: (report: Report) => void): void {
  let isReported = false;
  const report = (error: unknown) => {
    if (isReported) return;
    isReported = true;
    const found = faultReport(error);
    onFatal(found.code === "node-broken" ? {...found, code: "bug"} : found);
  };
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
}
