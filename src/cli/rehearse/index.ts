/**
 * `khala rehearse SPEC`: from a chain's spec to that of a rehearsal, on standard output; what was replaced, on standard error.
 *
 * Out of scope: what a rehearsal's first state is (`rehearsal`), and running one (`khala dev`, `khala net`).
 */
import {statSync, writeFileSync} from "node:fs";
import {formatReport, millis, type Report, type Result} from "#base";
import {chooseChain, firstState, formatChainSpec} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import {createRuntimes, genesisMakers, schemeOfKind} from "#node";
import {rehearseSpec} from "#rehearsal";
import type {RuntimeEngine} from "#runtime-api";
import {type Command, SUCCESS, USAGE} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {runAndReport} from "../desk/run-and-report.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {readText} from "../read-text.ts";
import {codeInFile} from "../runtime/find-code.ts";
import {askedIn} from "./asked.ts";
import {REHEARSE_FLAGS} from "./rehearse-flags.ts";
import {reportLines} from "./report-lines.ts";

/** With further engines, chains of the runtimes that those run. */
export const rehearseWith = (engines: readonly RuntimeEngine[]): Command => ({
  name: "rehearse",
  usage: "SPEC",
  most: 1,
  summary:
    "make a rehearsal of a chain spec: its runtime and state, in the hands of development accounts",
  examples: [
    [
      "khala rehearse khala.json -o rehearsal.json",
      "its state and runtime with development accounts",
    ],
    [
      "khala rehearse khala.json --collators Alice,Bob --rate 120",
      "two collators, time 120 times as fast",
    ],
  ],
  flags: REHEARSE_FLAGS,
  run: (values, terminal) => runAndReport(terminal, () => rehearse(values, terminal, engines)),
});

export const rehearseCommand = rehearseWith([]);

async function rehearse(
  values: FlagValues,
  terminal: Terminal,
  engines: readonly RuntimeEngine[],
): Promise<number> {
  const path = values.positional[0];
  if (path === undefined) {
    const todo = "khala rehearse SPEC > rehearsal.json, with the path of a chain-spec file";
    terminal.stderr(
      formatReport({code: "argument-missing", what: "a rehearsal of which chain?", todo}),
    );
    return USAGE;
  }
  const output = values.one("output");
  if (output !== undefined && isSameFile(output, path)) {
    throw new DeskError({
      code: "flag-invalid",
      what: "--output is the chain spec itself",
      todo: "write the rehearsal into another file",
    });
  }
  const crypto = await createNativeCrypto();
  const makers = genesisMakers(crypto, createRuntimes(crypto, {engines}));
  const choice = {chain: path, parameters: [], blockHashing: values.one("block-hashing")};
  const {spec, warnings} = taken(chooseChain(choice, readText));
  for (const warning of warnings) terminal.stderr(`warning: ${warning}`);
  const file = values.one("code");
  const code = file === undefined ? undefined : codeInFile(file, makers).code;
  const asked = {...askedIn(values), code};
  const rehearsed = taken(
    rehearseSpec(spec, taken(firstState(spec.genesis, makers)), asked, {
      ...makers,
      keyPairs: crypto.keyPairs,
      schemeOf: schemeOfKind,
      now: millis(Date.now()),
    }),
  );
  const text = taken(formatChainSpec(rehearsed.spec, {isRaw: true}, makers)).trimEnd();
  if (output === undefined) terminal.stdout(text);
  else write(output, text);
  for (const line of reportLines(rehearsed)) terminal.stderr(line);
  return SUCCESS;
}

/** Whether two paths lead to one file that is there, by links as well. */
function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map(path => statSync(path, {throwIfNoEntry: false}));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, `${text}\n`);
  } catch (error) {
    throw new DeskError({
      code: "output-unwritable",
      what: `${path} cannot be written`,
      facts: [["reason", error instanceof Error ? error.message : String(error)]],
      todo: "name another file, or leave --output out",
    });
  }
}

function taken<T>(result: Result<T, Report>): T {
  if (result.ok) return result.value;
  throw new DeskError(result.error);
}
