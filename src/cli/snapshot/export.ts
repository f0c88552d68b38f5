import {formatReport, hexToBytes, type Report} from "#base";
import type {ChainSpec} from "#chain-spec";
import {exportDatabase, reportText} from "#node";
import {exportSnapshot, type Manifest, type SnapshotSource, unfinishedSubject} from "#snapshot";
import {answer} from "../answer.ts";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {FAILURE, SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {manifestFacts, manifestLines} from "./describe.ts";
import {tellProgress} from "./progress.ts";
import {remoteSource} from "./remote-source.ts";

/** Takes a snapshot of a node that runs, or of a database that nobody has open. */
export async function exporting(values: FlagValues, terminal: Terminal): Promise<number> {
  const folder = values.positional[0]!;
  const block = blockOf(values.one("block"));
  if (NodeLink.isPointed(values)) {
    return ofNode(await NodeLink.open(values), folder, block, values, terminal);
  }
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) {
    terminal.stderr(formatReport(chosen.error));
    return FAILURE;
  }
  return ofDatabase(chosen.value.spec, folder, block, values, terminal);
}

async function ofDatabase(
  spec: ChainSpec,
  folder: string,
  block: string | undefined,
  values: FlagValues,
  terminal: Terminal,
): Promise<number> {
  const basePath = basePathOf(values);
  const exportAt = (at: number | Uint8Array | undefined) =>
    exportDatabase({
      spec,
      basePath,
      folder,
      block: at,
      onProgress: tellProgress(terminal, "exporting"),
    });
  const begun = begunAt(folder, block);
  let exported = await exportAt(blockNamed(begun ?? block));
  if (!exported.ok && begun !== undefined) {
    terminal.stderr(notGoneOn(begun, exported.error));
    exported = await exportAt(undefined);
  }
  if (!exported.ok) {
    terminal.stderr(reportText(exported.error));
    return FAILURE;
  }
  if (exported.value === "running") {
    const link = (await NodeLink.openBelowBasePath(values)) ?? (await NodeLink.open(values));
    return ofNode(link, folder, block, values, terminal);
  }
  if (exported.value !== "nothing") return tell(exported.value, folder, values, terminal);
  throw new DeskError({
    code: "database-missing",
    what: `no database of ${spec.id} under ${basePath}`,
    todo: "name the node's --base-path and --chain, or a node that runs: --url",
  });
}

async function ofNode(
  link: NodeLink,
  folder: string,
  block: string | undefined,
  values: FlagValues,
  terminal: Terminal,
): Promise<number> {
  try {
    const source = await sourceAt(link, folder, block, terminal);
    const exported = await exportSnapshot(source, folder, tellProgress(terminal, "exporting"));
    if (exported.ok) return tell(exported.value, folder, values, terminal);
    terminal.stderr(formatReport(exported.error));
    return FAILURE;
  } finally {
    link.close();
  }
}

async function sourceAt(
  link: NodeLink,
  folder: string,
  block: string | undefined,
  terminal: Terminal,
): Promise<SnapshotSource> {
  const begun = begunAt(folder, block);
  try {
    return await remoteSource(link, begun ?? block);
  } catch (error) {
    if (begun === undefined || !(error instanceof DeskError)) throw error;
    terminal.stderr(notGoneOn(begun, error.report));
    return remoteSource(link, undefined);
  }
}

/**
 * The block of an export that broke off, where none is named: it is gone on with, though another one is the newest by then. Where it
 * cannot be had any more, the newest is asked for, and what is in the folder is said.
 */
const begunAt = (folder: string, block: string | undefined): string | undefined =>
  block === undefined ? unfinishedSubject(folder)?.block.hash : undefined;

const notGoneOn = (block: string, failure: Report | string): string => {
  const reason = typeof failure === "string" ? failure : failure.what;
  return `the snapshot of block ${block} that was begun there cannot be gone on with: ${reason}`;
};

/** As `blockOf` let it pass. */
function blockNamed(text: string | undefined): number | Uint8Array | undefined {
  if (text === undefined) return undefined;
  return text.startsWith("0x") ? hexToBytes(text) : Number(text);
}

function tell(manifest: Manifest, folder: string, values: FlagValues, terminal: Terminal): number {
  answer(terminal, values, manifestFacts(folder, manifest), manifestLines(folder, manifest, false));
  return SUCCESS;
}

/** A height or a hash, as it was typed. */
function blockOf(text: string | undefined): string | undefined {
  if (text === undefined || /^\d{1,15}$/.test(text) || /^0x[0-9a-f]{64}$/i.test(text)) return text;
  throw new DeskError({
    code: "flag-invalid",
    what: `--block ${text}: expected a number, or a hash: 0x and 64 digits`,
    todo: "see --help",
  });
}
