import {formatReport} from "#base";
import {checkChainDatabase, type DatabaseChecked} from "#node";
import {answer} from "../answer.ts";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {RpcFailure} from "../rpc-client.ts";
import {row} from "../table.ts";
import {inUse, missing} from "./told-failure.ts";

/** Between two tellings of how far it is, in milliseconds. */
const TELL_EVERY = 2_000;

/** Of what is told one by one; the rest is counted. */
const MOST_TOLD = 20;

/** Looks at all of a database that no node has open, and mends it where that is asked for. */
export async function check(values: FlagValues, terminal: Terminal): Promise<number> {
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) {
    terminal.stderr(formatReport(chosen.error));
    return FAILURE;
  }
  const basePath = basePathOf(values);
  const {id} = chosen.value.spec;
  const from = values.one("from");
  const link = from === undefined ? undefined : await NodeLink.openAt(from, values);
  try {
    let told = performance.now();
    const checked = await checkChainDatabase(basePath, id, {
      repair: values.has("repair"),
      ask: link && ((method, ...params) => askedOrNothing(link, method, params)),
      onProgress({rows, blocks, parts}) {
        if (performance.now() - told < TELL_EVERY) return;
        told = performance.now();
        terminal.stderr(`looked at ${rows} rows, ${blocks} blocks, ${parts} nodes and values`);
      },
    });
    if (!checked.ok) {
      terminal.stderr(checked.error);
      return FAILURE;
    }
    if (checked.value === "running")
      throw inUse(basePath, id, "what is written meanwhile would read as damage");
    if (checked.value === "nothing") throw missing(basePath, id);
    return tell(checked.value, values, terminal);
  } finally {
    link?.close();
  }
}

/** A node that does not have it, or lacks the method, may have the next thing. */
async function askedOrNothing(
  link: NodeLink,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  try {
    return await link.ask(method, ...params);
  } catch (error) {
    if (error instanceof RpcFailure && !link.isGone) return undefined;
    throw error;
  }
}

function tell(checked: DatabaseChecked, values: FlagValues, terminal: Terminal): number {
  const {pages, rows, blocks, parts, mended, damaged, wholeUpTo, salvaged} = checked;
  const lines = [
    pages === null
      ? row("looked at", `${rows} rows, ${blocks} blocks, ${parts} nodes and values of states`)
      : row("pages", `damaged: ${pages}; nothing else was looked at`),
    ...(salvaged === null
      ? []
      : [
          row("saved", `${salvaged.entries} rows; the damaged file is in ${salvaged.aside}`),
          ...listed("passed over", salvaged.passed),
        ]),
    ...listed("mended", mended),
    ...listed("damaged", damaged),
    row("whole", wholeText(checked)),
    ...todo(checked, values),
  ];
  answer(terminal, values, checked, lines);
  return pages === null && damaged.length === 0 && wholeUpTo !== null ? SUCCESS : FAILURE;
}

function wholeText({pages, damaged, wholeUpTo}: DatabaseChecked): string {
  if (pages !== null) return "not known";
  if (wholeUpTo === null) return "no block";
  return damaged.length === 0 ? `all of it, up to block ${wholeUpTo}` : `up to block ${wholeUpTo}`;
}

const listed = (label: string, items: readonly string[]): string[] => [
  ...items.slice(0, MOST_TOLD).map(item => row(label, item)),
  ...(items.length > MOST_TOLD ? [row(label, `and ${items.length - MOST_TOLD} more`)] : []),
];

function todo({pages, damaged, wholeUpTo}: DatabaseChecked, values: FlagValues): string[] {
  if (pages === null && damaged.length === 0 && wholeUpTo !== null) return [];
  if (!values.has("repair")) {
    return [row("do", "khala db check --repair, with --from the URL of a node that has the chain")];
  }
  if (!values.has("from")) {
    return [
      row("do", "the same with --from URL, of a node that has these blocks and their states"),
    ];
  }
  return [
    row(
      "do",
      "what is left nobody could give: --from another node, or purge-chain and --sync warp",
    ),
  ];
}
