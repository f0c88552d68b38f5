import {formatReport, type Report, type Result} from "#base";
import type {ChainSpec} from "#chain-spec";
import {reportText, withDatabase} from "#node";
import type {ChainStore} from "#store";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import {FAILURE} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";

/** Does something with the database that the flags name; `running`: a node has it open. A number is an exit code: it failed. */
export async function atDatabase<T extends object | string>(
  values: FlagValues,
  terminal: Terminal,
  act: (store: ChainStore, spec: ChainSpec) => Promise<Result<T, Report>> | Result<T, Report>,
): Promise<T | "running" | number> {
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) {
    terminal.stderr(formatReport(chosen.error));
    return FAILURE;
  }
  const {spec} = chosen.value;
  const basePath = basePathOf(values);
  const done = await withDatabase({spec, basePath}, store => act(store, spec));
  if (!done.ok) {
    terminal.stderr(reportText(done.error));
    return FAILURE;
  }
  if (done.value !== "nothing") return done.value;
  throw new DeskError({
    code: "database-missing",
    what: `no database of ${spec.id} under ${basePath}`,
    todo: "name the node's --base-path and --chain",
  });
}

/** What only a node that is stopped lets others do. */
export const isRunning = (values: FlagValues): DeskError =>
  new DeskError({
    code: "database-locked",
    what: "a node has this database open",
    facts: [["base path", basePathOf(values)]],
    todo: "stop that node first",
  });

/** A height, or a hash of 0x and 64 digits; undefined where nothing was said. */
export function blockNamed(text: string | undefined): number | Uint8Array | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  if (/^0x[0-9a-f]{64}$/i.test(text)) return new Uint8Array(Buffer.from(text.slice(2), "hex"));
  throw new DeskError({
    code: "argument-missing",
    what: `${text} is neither a number nor a hash`,
    todo: "name a block by its number, or by its hash: 0x and 64 digits",
  });
}

/** A whole number of a flag or an argument; how high the best block is says whoever knows it. */
export function countNamed(name: string, text: string | undefined, standard: number): number {
  if (text === undefined) return standard;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new DeskError({
    code: "flag-invalid",
    what: `${name} ${text}: expected a whole number of at most 15 digits`,
    todo: "see --help",
  });
}
