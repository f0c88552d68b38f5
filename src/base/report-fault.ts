import type {Logger} from "./logger.ts";

/**
 * Says a fault of ours with its trace, so that it can be reported: for what goes on without the part that failed (what
 * a client or a page listens to). A fault in what the chain itself rests on ends the node instead.
 */
export function reportFault(logger: Logger, target: string, fault: unknown): void {
  const trace = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  logger.log("error", target, "a fault of this program: please report these lines", {trace});
}
