import {counted, formatReport} from "#base";
import {keptRanges} from "#node";
import type {PruningStatus} from "#rpc";
import {answer} from "../answer.ts";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row} from "../table.ts";

/** Says what a database holds, of a node that runs or of a file. */
export async function ranges(values: FlagValues, terminal: Terminal): Promise<number> {
  if (NodeLink.isPointed(values)) return tell(await asked(values), values, terminal);
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) {
    terminal.stderr(formatReport(chosen.error));
    return FAILURE;
  }
  const basePath = basePathOf(values);
  const {id} = chosen.value.spec;
  const looked = await keptRanges(basePath, id);
  if (!looked.ok) {
    terminal.stderr(looked.error);
    return FAILURE;
  }
  if (looked.value === "running") return tell(await asked(values), values, terminal);
  if (looked.value !== "nothing") return tell(looked.value, values, terminal);
  throw new DeskError({
    code: "database-missing",
    what: `no database of ${id} under ${basePath}`,
    todo: "name the node's --base-path and --chain, or a node that runs: --url",
  });
}

async function asked(values: FlagValues): Promise<PruningStatus> {
  const isPointed = NodeLink.isPointed(values);
  const link =
    (isPointed ? undefined : await NodeLink.openBelowBasePath(values)) ??
    (await NodeLink.open(values));
  try {
    return (await link.ask("khala_pruning")) as PruningStatus;
  } catch (error) {
    if (!NodeLink.isUnknownMethod(error)) throw error;
    throw new DeskError({
      code: "node-foreign",
      what: `the node at ${link.place} does not say which blocks it keeps`,
      todo: "ask a khala node of this release or a later one",
    });
  } finally {
    link.close();
  }
}

function tell(status: PruningStatus, values: FlagValues, terminal: Terminal): number {
  const {kept, states, blocks, pallets, statesToRemove} = status;
  const lines = [
    row("headers", heights(kept.headers)),
    row("bodies", `${heights(kept.bodies)}  (--blocks-pruning ${blocks})`),
    row("states", `${heights(kept.states)}  (--state-pruning ${states})`),
    ...(pallets.length === 0 ? [] : [row("pallets", `${pallets.join(", ")}: at all heights`)]),
    ...(statesToRemove === 0
      ? []
      : [row("to remove", `${counted(statesToRemove, "state")} below`)]),
  ];
  answer(terminal, values, status, lines);
  return SUCCESS;
}

const heights = (ranges: PruningStatus["kept"]["states"]): string =>
  ranges.map(({from, to}) => (from === to ? `${from}` : `${from} to ${to}`)).join(", ") || "none";
