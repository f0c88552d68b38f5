import {counted, formatReport} from "#base";
import {checkChainDatabase, type DatabaseChecked, reportText} from "#node";
import {BEGIN_ANEW, SourceGone} from "#store";
import {answer} from "../answer.ts";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {RpcFailure} from "../rpc-client.ts";
import {sizeText} from "../size-text.ts";
import {row} from "../table.ts";
import {count} from "./stats.ts";
import {inUse, missing} from "./told-failure.ts";

/** Between two tellings of how far it is, in milliseconds. */
const TELL_EVERY = 2_000;

const ANOTHER = "see whether that node runs and the URL is right, or name another one: --from URL";

/** What a node voted, and who votes, it takes anew from a chain that it takes in anew. */
const ITS_OWN =
  "what is left this node alone knew, and no other can give it: restore the file from a copy; or khala export-blocks FILE, khala purge-chain (keys stay), khala import-blocks FILE; or purge-chain and begin with a snapshot or --sync warp";

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
  const {spec} = chosen.value;
  const {id} = spec;
  const from = values.one("from");
  if (from !== undefined && !values.has("repair")) {
    throw new DeskError({
      code: "flag-invalid",
      what: "--from says who gives what is lost, and without --repair nothing is mended",
      todo: "add --repair, or leave --from out to check alone",
    });
  }
  const link = from === undefined ? undefined : await NodeLink.openAt(from, values, ANOTHER);
  try {
    let told = performance.now();
    const tellNow = (words: () => string) => {
      if (performance.now() - told < TELL_EVERY) return;
      told = performance.now();
      terminal.stderr(words());
    };
    const checked = await checkChainDatabase(spec, basePath, {
      repair: values.has("repair"),
      ask: link && ((method, ...params) => askedOrNothing(link, method, params)),
      onPages: ({entries, bytes}) =>
        tellNow(() => `followed pages of ${sizeText(bytes)}, ${counted(entries, "row")}`),
      onProgress: ({rows, blocks, parts}) =>
        tellNow(() => `looked at ${lookedAt({rows, blocks, parts})}`),
    });
    if (!checked.ok) {
      terminal.stderr(reportText(checked.error));
      return FAILURE;
    }
    if (checked.value === "running")
      throw inUse(basePath, id, "what is written meanwhile would read as damage");
    if (checked.value === "nothing") throw missing(basePath, id);
    return tell(checked.value, values, terminal);
  } catch (error) {
    if (!(error instanceof SourceGone)) throw error;
    throw new DeskError({code: "node-gone", what: error.message, todo: ANOTHER});
  } finally {
    link?.close();
  }
}

/** A node that does not have it, or lacks the method, may have the next thing. One that is gone or silent has none. */
async function askedOrNothing(
  link: NodeLink,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  try {
    return await link.ask(method, ...params);
  } catch (error) {
    if (error instanceof DeskError) throw new SourceGone(error.report.what);
    if (!(error instanceof RpcFailure)) throw error;
    if (link.isGone) throw new SourceGone(`the node at ${link.place} has closed the connection`);
    return undefined;
  }
}

function tell(checked: DatabaseChecked, values: FlagValues, terminal: Terminal): number {
  const {pages, rows, blocks, parts, mended, damaged, notes, gone, wholeUpTo, salvaged} = checked;
  const lines = [
    pages === null
      ? row("looked at", `${lookedAt({rows, blocks, parts})} of states`)
      : row("pages", `damaged: ${pages}; nothing else was looked at`),
    ...(salvaged === null
      ? []
      : [
          row(
            "saved",
            `${counted(salvaged.entries, "row")}; the damaged file is in ${salvaged.aside}`,
          ),
          ...listed("passed over", salvaged.passed),
        ]),
    ...listed("mended", mended),
    ...listed("damaged", damaged),
    ...listed("note", notes),
    ...(gone === null
      ? []
      : [row("from", `${gone}: ${count(mended.length)} mended, ${count(damaged.length)} left`)]),
    row("whole", wholeText(checked)),
    ...todo(checked, values),
  ];
  answer(terminal, values, checked, lines);
  return pages === null && damaged.length === 0 && wholeUpTo !== null ? SUCCESS : FAILURE;
}

const lookedAt = ({rows, blocks, parts}: Pick<DatabaseChecked, "rows" | "blocks" | "parts">) =>
  [
    counted(rows, "row"),
    counted(blocks, "block"),
    counted(parts, "node or value", "nodes and values"),
  ].join(", ");

function wholeText({pages, damaged, wholeUpTo}: DatabaseChecked): string {
  if (pages !== null) return "not known";
  if (wholeUpTo === null) return "no block";
  return damaged.length === 0 ? `all of it, up to block ${wholeUpTo}` : `up to block ${wholeUpTo}`;
}

const listed = (label: string, items: readonly string[]): string[] => [
  ...items.slice(0, MOST_TOLD).map(item => row(label, item)),
  ...(items.length > MOST_TOLD ? [row(label, `and ${items.length - MOST_TOLD} more`)] : []),
];

function todo(checked: DatabaseChecked, values: FlagValues): string[] {
  const {pages, damaged, wholeUpTo, isBeyondRepair, isOwnLost, gone} = checked;
  if (pages === null && damaged.length === 0 && wholeUpTo !== null) return [];
  if (isBeyondRepair) return [row("do", BEGIN_ANEW)];
  if (!values.has("repair")) {
    return [row("do", "khala db check --repair, with --from the URL of a node that has the chain")];
  }
  if (isOwnLost) return [row("do", ITS_OWN)];
  if (gone !== null) {
    return [row("do", "the same again, with that node once it is back or another one: it goes on")];
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
