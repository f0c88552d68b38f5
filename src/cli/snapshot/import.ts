import {counted, formatReport, hexToBytes} from "#base";
import {discardImport, importSnapshot, reportText} from "#node";
import {answer} from "../answer.ts";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {finalityOf} from "../finality-flag.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {row} from "../table.ts";
import {readFacts} from "./describe.ts";
import {tellProgress} from "./progress.ts";

/** Begins a chain with the block of a snapshot, or removes what there is of one that broke off. */
export async function importing(values: FlagValues, terminal: Terminal): Promise<number> {
  const [folder] = values.positional;
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) {
    terminal.stderr(formatReport(chosen.error));
    return FAILURE;
  }
  const {spec} = chosen.value;
  const basePath = basePathOf(values);
  if (values.has("discard")) {
    const discarded = await discardImport(spec, basePath);
    if (!discarded.ok) return fail(discarded.error, terminal);
    const said = discarded.value ? "removed what was imported so far" : "nothing to remove";
    answer(terminal, values, {isRemoved: discarded.value}, [said]);
    return SUCCESS;
  }
  if (folder === undefined) {
    throw new DeskError({
      code: "argument-missing",
      what: "which snapshot?",
      todo: "khala snapshot import FOLDER --chain SPEC --base-path PATH",
    });
  }
  const imported = await importSnapshot({
    spec,
    basePath,
    folder,
    finality: finalityOf(values),
    trusted: trustedOf(values.one("block")),
    onProgress: tellProgress(terminal, "importing"),
  });
  if (!imported.ok) return fail(imported.error, terminal);
  const {snapshot, isProved, isFilled, isThere, resumedAt} = imported.value;
  const {manifest} = snapshot;
  const {number, hash} = manifest.block;
  const facts = {...readFacts(folder, manifest), basePath, isProved, isFilled, isThere, resumedAt};
  if (isThere) {
    const said = `block ${number} of ${manifest.chain.name} and its state are there already under ${basePath}: nothing to import`;
    answer(terminal, values, facts, [said, row("block", hash)]);
    return SUCCESS;
  }
  answer(terminal, values, facts, [
    isFilled
      ? `the state of block ${number} of ${manifest.chain.name} is there again under ${basePath}`
      : `${manifest.chain.name} begins at block ${number} under ${basePath}`,
    row("block", hash),
    row("finality", finalityText(isProved, isFilled)),
    row("state", `${counted(manifest.components.state.rows, "key")}, held against its root`),
    ...(resumedAt === 0 ? [] : [row("went on", `at file ${resumedAt + 1}`)]),
    ...(isFilled ? [] : ["  start the node as always; blocks below come from peers"]),
  ]);
  return SUCCESS;
}

function fail(failure: Parameters<typeof reportText>[0], terminal: Terminal): number {
  terminal.stderr(reportText(failure));
  return FAILURE;
}

function trustedOf(text: string | undefined): Uint8Array | undefined {
  if (text === undefined) return undefined;
  const hash = hexToBytes(text);
  if (hash?.length === 32) return hash;
  throw new DeskError({
    code: "flag-invalid",
    what: `--block ${text}: expected a hash, 0x and 64 digits`,
    todo: "see --help",
  });
}

function finalityText(isProved: boolean, isFilled: boolean): string {
  if (isFilled) return "the block was here";
  return isProved ? "proved from the first block on" : "as you said: --block";
}
