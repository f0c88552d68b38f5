import {counted, formatReport} from "#base";
import {databaseStats} from "#node";
import {answer} from "../answer.ts";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {FAILURE, SUCCESS, USAGE} from "../command.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row, table} from "../table.ts";
import {heightOf} from "./height.ts";
import {factsError} from "./told-failure.ts";

/** Items that are told where nobody asks for all. */
const MOST_TOLD = 25;

/** Times as large as what is in it: a file grows to some one and a half by itself. */
const ROOMY = 2;

/** What a database is made of, and the state of a block in it by pallet and item. */
export async function stats(values: FlagValues, terminal: Terminal): Promise<number> {
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) {
    terminal.stderr(formatReport(chosen.error));
    return FAILURE;
  }
  const asked = values.one("at");
  const height = asked === undefined ? undefined : heightOf(asked);
  if (asked !== undefined && height === undefined) {
    terminal.stderr(`argument-invalid: --at takes the height of a block, not ${asked}`);
    return USAGE;
  }
  const basePath = basePathOf(values);
  const {id} = chosen.value.spec;
  const found = await databaseStats(basePath, id, height);
  if (!found.ok) throw factsError(found.error, basePath, id);
  const {size, used, kinds, state} = found.value;
  const {items} = state;
  const shown = values.has("all") ? items : items.slice(0, MOST_TOLD);
  const total = (of: "entries" | "bytes") => items.reduce((sum, item) => sum + item[of], 0);
  answer(terminal, values, found.value, [
    row("file", `${count(size)} bytes, of which ${count(used)} are of entries`),
    ...(size > ROOMY * used ? [row("do", "khala db compact, for a file without the rest")] : []),
    "",
    ...table(
      ["kind", "entries", "bytes"],
      kinds.map(({kind, entries, bytes}) => [kind, count(entries), count(bytes)]),
      {right: [1, 2]},
    ),
    "",
    row(
      "state",
      `of block ${state.height}: ${counted(total("entries"), "entry", "entries")}, ${counted(total("bytes"), "byte")}`,
    ),
    "",
    ...table(
      ["item", "entries", "bytes"],
      shown.map(({item, entries, bytes}) => [item, count(entries), count(bytes)]),
      {right: [1, 2]},
    ),
    ...(shown.length < items.length ? [`${items.length - shown.length} more: --all`] : []),
  ]);
  return SUCCESS;
}

export const count = (number: number): string => number.toLocaleString("en-US");
