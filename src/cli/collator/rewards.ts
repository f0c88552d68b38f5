import {SUCCESS} from "../command.ts";
import {exactText} from "../desk/amounts.ts";
import {askUnit} from "../desk/chain-at-hand.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {NodeLink} from "../desk/node-link.ts";
import {orUnknown} from "../desk/or-unknown.ts";
import type {RewardJson} from "../desk/status-json.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {table} from "../table.ts";

const HEAD = ["block", "time", "received", "pot before", "pot after"];
const CSV_HEAD = "block,hash,time,amount,pot_before,pot_after";
const DEFAULT_BLOCKS = 1_000;

/** What the account's blocks brought, newest first, and their sum. */
export async function rewards(
  link: NodeLink,
  values: FlagValues,
  terminal: Terminal,
): Promise<number> {
  if (values.has("csv") && values.has("json")) {
    throw new DeskError({
      code: "flag-invalid",
      what: "--csv and --json are two forms of the same",
      todo: "leave one of them out",
    });
  }
  const blocks = readBlocks(values.one("blocks"));
  const account = values.one("account") ?? null;
  const list = (await link.ask("collator_rewards", account, blocks)) as
    | readonly RewardJson[]
    | null;
  if (list === null) throw authorsUnknown();
  if (values.has("csv")) {
    terminal.stdout(CSV_HEAD);
    for (const line of list.map(csvLine)) terminal.stdout(line);
    return SUCCESS;
  }
  if (values.has("json")) {
    terminal.stdout(JSON.stringify(list));
    return SUCCESS;
  }
  const unit = await askUnit(link);
  const amount = (text: string | null) => orUnknown(text, each => exactText(BigInt(each), unit));
  const rows = list.map(({number, at, amount: received, potBefore, potAfter}) => [
    String(number),
    timeOf(at),
    amount(received),
    amount(potBefore),
    amount(potAfter),
  ]);
  for (const line of table(HEAD, rows, {right: [0, 2, 3, 4]})) terminal.stdout(line);
  const known = list.flatMap(({amount: received}) => (received === null ? [] : [BigInt(received)]));
  const sum = known.reduce((total, received) => total + received, 0n);
  const unknown = list.length - known.length;
  terminal.stdout("");
  terminal.stdout(
    `${list.length} own blocks among the last ${blocks}: ${exactText(sum, unit)} received${unknown === 0 ? "" : `, and what ${unknown} of them brought is unknown`}`,
  );
  return SUCCESS;
}

const authorsUnknown = (): DeskError =>
  new DeskError({
    code: "authors-unknown",
    what: "the chain does not publish who makes its blocks, so that nobody can say which of them were this account's",
    todo: "look at the account's balance, or ask whoever runs the chain",
  });

function readBlocks(text: string | undefined): number {
  if (text === undefined) return DEFAULT_BLOCKS;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new DeskError({
    code: "flag-invalid",
    what: `--blocks ${text}: expected a number of blocks`,
    todo: "khala collator rewards --blocks 1000",
  });
}

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** Amounts in the smallest unit, as whole numbers: what a spreadsheet adds up without rounding. Unknown ones are empty. */
const csvLine = ({number, hash, at, amount, potBefore, potAfter}: RewardJson): string =>
  [number, hash, timeOf(at), amount, potBefore, potAfter].join(",");
