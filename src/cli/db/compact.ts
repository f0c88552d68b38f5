import {counted, formatReport} from "#base";
import {chainFolders, compactOnDisk, openFailureReport} from "#store";
import {answer} from "../answer.ts";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {sizeText} from "../size-text.ts";
import {row} from "../table.ts";
import {inUse, missing} from "./told-failure.ts";

/** Between two tellings of how far it is, in milliseconds. */
const TELL_EVERY = 2_000;

/** Makes the file of a database that no node has open as small as what is in it. */
export async function compact(values: FlagValues, terminal: Terminal): Promise<number> {
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) {
    terminal.stderr(formatReport(chosen.error));
    return FAILURE;
  }
  const basePath = basePathOf(values);
  const {id} = chosen.value.spec;
  let told = performance.now();
  const compacted = await compactOnDisk(chainFolders(basePath, id), {
    onProgress({step, rows, bytes}) {
      if (performance.now() - told < TELL_EVERY) return;
      told = performance.now();
      terminal.stderr(`${step} ${counted(rows, "row")}, ${sizeText(bytes)}`);
    },
  });
  if (!compacted.ok) throw failureOf(compacted.error, basePath, id);
  if (compacted.value === undefined) throw missing(basePath, id);
  const {rows, before, after} = compacted.value;
  answer(terminal, values, compacted.value, [
    row("rows", String(rows)),
    row("before", sizeText(before)),
    row("now", sizeText(after)),
  ]);
  return SUCCESS;
}

type Failure = Extract<Awaited<ReturnType<typeof compactOnDisk>>, {readonly ok: false}>["error"];

function failureOf(failure: Failure, basePath: string, id: string): DeskError {
  if (failure.code === "database-locked") {
    return inUse(basePath, id, "its file is about to be another one");
  }
  if (failure.code !== "disk-low") return new DeskError(openFailureReport(failure));
  const {path, free, needed} = failure;
  return new DeskError({
    code: "disk-low",
    what: "there is no room for the new file beside the old one",
    facts: [
      ["folder", path],
      ["free", sizeText(free)],
      ["needed", sizeText(needed)],
    ],
    did: "changed nothing",
    todo: "make room on that disk, or move the base path to a larger one",
  });
}
