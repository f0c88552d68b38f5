import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {RpcFailure} from "../rpc-client.ts";
import {DeskError} from "./desk-error.ts";
import {NodeLink} from "./node-link.ts";
import {runAndReport} from "./run-and-report.ts";

/** Runs what needs a node, and puts into words whatever it cannot go on after. */
export function runAtDesk(
  values: FlagValues,
  terminal: Terminal,
  act: (link: NodeLink) => Promise<number>,
): Promise<number> {
  return runAndReport(terminal, async () => {
    const link = await NodeLink.open(values);
    try {
      return await act(link);
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error;
      throw new DeskError({
        code: "node-refuses",
        what: error.message,
        facts: [["node", link.place]],
        did: "stopped here; what was sent before stays sent",
        todo: "see the node's log, then run this again: it goes on from where it stands",
      });
    } finally {
      link.close();
    }
  });
}
