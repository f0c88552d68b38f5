import {formatReport} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {genesisMakers, inspectCode} from "#node";
import {answer, JSON_FLAG} from "../answer.ts";
import {type Command, SUCCESS, USAGE} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {runAndReport} from "../desk/run-and-report.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {codeInPlace} from "./code-in-place.ts";
import {inspectionJson, inspectionLines} from "./inspection-text.ts";

export const inspectCommand: Command = {
  name: "runtime inspect",
  usage: "FILE|URL",
  most: 1,
  summary: "what a runtime is, offers and needs: of a chain spec, a .wasm, or a running node",
  examples: [
    ["khala runtime inspect khala.json", "of a chain spec"],
    ["khala runtime inspect ws://127.0.0.1:9944", "of a running node"],
  ],
  flags: [JSON_FLAG],
  run: (values, terminal) => runAndReport(terminal, () => inspect(values, terminal)),
};

async function inspect(values: FlagValues, terminal: Terminal): Promise<number> {
  const place = values.positional[0];
  if (place === undefined) {
    const todo = "khala runtime inspect FILE, or a node's URL such as ws://127.0.0.1:9944";
    terminal.stderr(formatReport({code: "argument-missing", what: "which runtime?", todo}));
    return USAGE;
  }
  const crypto = await createNativeCrypto();
  const {code, heapPages} = await codeInPlace(place, values, genesisMakers(crypto));
  const inspected = inspectCode(code, crypto, heapPages);
  if (!inspected.ok) {
    throw new DeskError({
      code: "runtime-unusable",
      what: `the runtime cannot be run: ${inspected.error}`,
      facts: [["code", `${code.length} bytes`]],
      todo: "see that the file is whole; what this program cannot run it names",
    });
  }
  answer(terminal, values, inspectionJson(inspected.value), inspectionLines(inspected.value));
  return SUCCESS;
}
