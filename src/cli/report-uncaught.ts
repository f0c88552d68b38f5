import type {Report} from "#base";

/**
 * What nobody caught is a bug, and nothing that happens after it can be trusted: the first one is reported, and the
 * node is stopped in order, with what is on disk whole.
 */
export function reportUncaught(onFatal: (report: Report) => void): void {
  let isReported = false;
  const report = (error: unknown) => {
    if (isReported) return;
    isReported = true;
    onFatal({
      code: "bug",
      what: error instanceof Error ? (error.stack ?? error.message) : String(error),
      did: "the node stops; what is on disk is whole",
      todo: "start it again; please report it with these lines",
    });
  };
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
}
