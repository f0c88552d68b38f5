import {formatReport} from "#base";
import {FAILURE, USAGE} from "../command.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {RpcFailure} from "../rpc-client.ts";
import {DeskError} from "./desk-error.ts";
import {NodeLink} from "./node-link.ts";

/** Faults of the command line. */
const USAGE_CODES = ["account-missing", "secret-missing", "secret-on-command-line"];

/** Runs what needs a node, and puts into words whatever it cannot go on after. */
export async function runAtDesk(
  values: FlagValues,
  terminal: Terminal,
  act: (link: NodeLink) => Promise<number>,
): Promise<number> {
  let link: NodeLink | undefined;
  try {
    link = await NodeLink.open(values);
    return await act(link);
  } catch (error) {
    if (error instanceof DeskError) {
      terminal.stderr(formatReport(error.report));
      if (USAGE_CODES.includes(error.report.code)) return USAGE;
    } else if (error instanceof RpcFailure) {
      terminal.stderr(
        formatReport({
          code: "node-refuses",
          what: error.message,
          facts: [["node", link?.place ?? "?"]],
          did: "stopped here; what was sent before stays sent",
          todo: "see the node's log, then run this again: it goes on from where it stands",
        }),
      );
    } else {
      throw error;
    }
    return FAILURE;
  } finally {
    link?.close();
  }
}
