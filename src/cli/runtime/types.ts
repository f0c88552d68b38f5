/** `khala types`: names of a chain's calls, events, state and APIs, for TypeScript to hold a test to. */
import {chooseChain, firstState, type GenesisMakers} from "#chain-spec";
import {createNativeCrypto} from "#crypto-native";
import type {ChainDescription} from "#description";
import {apiNames, errorNames, variantsOf} from "#description";
import {genesisMakers, inspectCode} from "#node";
import {CODE_KEY, HEAP_PAGES_KEY} from "#primitives";
import {type Command, SUCCESS} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {runAndReport} from "../desk/run-and-report.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {readText} from "../read-text.ts";
import {codeInPlace} from "./code-in-place.ts";
import type {FoundCode} from "./find-code.ts";

export const typesCommand: Command = {
  name: "types",
  usage: "[FILE|URL]",
  most: 1,
  summary: "the names of a chain's calls, events, state and APIs, as types for khala/testing",
  examples: [
    ["khala types > khala-names.d.ts", "of this program's own chain"],
    ["khala types khala.json > khala-names.d.ts", "of a chain spec"],
  ],
  flags: [],
  run: (values, terminal) => runAndReport(terminal, () => printTypes(values, terminal)),
};

async function printTypes(values: FlagValues, terminal: Terminal): Promise<number> {
  const place = values.positional[0];
  const crypto = await createNativeCrypto();
  const makers = genesisMakers(crypto);
  const {code, heapPages} =
    place === undefined ? ownCode(makers) : await codeInPlace(place, values, makers);
  const inspected = inspectCode(code, crypto, heapPages);
  const reason = inspected.ok ? inspected.value.whyNotDescribed : inspected.error;
  const description = inspected.ok ? inspected.value.description : undefined;
  if (description === undefined) {
    throw new DeskError({
      code: "runtime-unusable",
      what: `the runtime does not say what it has: ${reason}`,
      todo: "see that the file is whole: khala runtime inspect FILE",
    });
  }
  for (const line of typeLines(description)) terminal.stdout(line);
  return SUCCESS;
}

function ownCode(makers: GenesisMakers): FoundCode {
  const chosen = chooseChain({chain: "dev", parameters: []}, readText);
  const first = chosen.ok ? firstState(chosen.value.spec.genesis, makers) : chosen;
  if (!first.ok) throw new DeskError(first.error);
  const {top} = first.value;
  return {code: top.get(CODE_KEY)!, heapPages: top.get(HEAP_PAGES_KEY)};
}

/** A file that adds to `khala/testing` what the chain has. */
export function typeLines(description: ChainDescription): readonly string[] {
  const {pallets} = description;
  const named = (of: (pallet: ChainDescription["pallets"][number]) => readonly {name: string}[]) =>
    pallets.flatMap(pallet => of(pallet).map(({name}) => `${pallet.name}.${name}`));
  const members = Object.entries({
    calls: named(({calls}) => variantsOf(calls)),
    events: named(({events}) => variantsOf(events)),
    storage: named(({storage}) => storage),
    constants: named(({constants}) => constants),
    errors: errorNames(description),
    apis: apiNames(description),
  });
  return [
    "// Made by `khala types`: the names that a chain publishes. With this file in a project, khala/testing takes no others.",
    'import "khala/testing";',
    "",
    'declare module "khala/testing" {',
    "  interface KnownChain {",
    ...members.flatMap(([member, names]) => [
      `    readonly ${member}:`,
      ...(names.length === 0 ? ["      never"] : names.map(name => `      | "${name}"`)).map(
        (line, i, all) => (i === all.length - 1 ? `${line};` : line),
      ),
    ]),
    "  }",
    "}",
  ];
}
