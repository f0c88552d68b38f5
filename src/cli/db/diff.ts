import {formatReport} from "#base";
import {databaseDiff} from "#node";
import {answer} from "../answer.ts";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {FAILURE, SUCCESS, USAGE} from "../command.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row, table} from "../table.ts";
import {heightOf} from "./height.ts";
import {count} from "./stats.ts";
import {factsError} from "./told-failure.ts";

/** How the state at one height is other than at another one, by pallet and item. */
export async function diff(values: FlagValues, terminal: Terminal): Promise<number> {
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) {
    terminal.stderr(formatReport(chosen.error));
    return FAILURE;
  }
  const [from, to] = values.positional.map(heightOf);
  if (from === undefined || to === undefined || values.positional.length !== 2) {
    terminal.stderr("argument-missing: two heights of blocks, as in  khala db diff 100 200");
    return USAGE;
  }
  const basePath = basePathOf(values);
  const {id} = chosen.value.spec;
  const found = await databaseDiff(basePath, id, [from, to]);
  if (!found.ok) throw factsError(found.error, basePath, id);
  const {items} = found.value;
  const rows = items.map(({item, added, removed, changed, grownBy}) => [
    item,
    ...[added, removed, changed].map(count),
    grownBy > 0 ? `+${count(grownBy)}` : count(grownBy),
  ]);
  answer(terminal, values, found.value, [
    row("from", `block ${found.value.from.height}, ${found.value.from.hash}`),
    row("to", `block ${found.value.to.height}, ${found.value.to.hash}`),
    "",
    ...(items.length === 0
      ? ["the states are the same"]
      : table(["item", "added", "removed", "changed", "bytes"], rows, {right: [1, 2, 3, 4]})),
  ]);
  return SUCCESS;
}
