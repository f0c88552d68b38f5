import {type BinaryString, binaryToHex, formatReport, hexToBytes} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {genesisMakers, inspectCode} from "#node";
import {CODE_KEY, HEAP_PAGES_KEY} from "#primitives";
import {type Command, SUCCESS, USAGE} from "../command.ts";
import {DeskError} from "../desk/desk-error.ts";
import {NodeLink} from "../desk/node-link.ts";
import {runAndReport} from "../desk/run-and-report.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {codeInFile, type FoundCode} from "./find-code.ts";
import {inspectionJson, inspectionLines} from "./inspection-text.ts";

const URL = /^(ws|http)(s?):\/\//i;

export const inspectCommand: Command = {
  name: "runtime inspect",
  usage: "FILE|URL",
  most: 1,
  summary: "what a runtime is, offers and needs: of a chain spec, a .wasm, or a running node",
  examples: [
    ["khala runtime inspect khala.json", "of a chain spec"],
    ["khala runtime inspect ws://127.0.0.1:9944", "of a running node"],
  ],
  flags: [{name: "json", group: "Output", values: "none", docs: "for programs"}],
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
  const {code, heapPages} = URL.test(place)
    ? await codeOfNode(place, values)
    : codeInFile(place, genesisMakers(crypto));
  const inspected = inspectCode(code, crypto, heapPages);
  if (!inspected.ok) {
    throw new DeskError({
      code: "runtime-unusable",
      what: `the runtime cannot be run: ${inspected.error}`,
      facts: [["code", `${code.length} bytes`]],
      todo: "see that the file is whole; what this program cannot run it names",
    });
  }
  if (values.has("json")) terminal.stdout(JSON.stringify(inspectionJson(inspected.value)));
  else for (const line of inspectionLines(inspected.value)) terminal.stdout(line);
  return SUCCESS;
}

/** What the node's best block has. Throws `DeskError` and `RpcFailure`. */
async function codeOfNode(url: string, values: FlagValues): Promise<FoundCode> {
  const link = await NodeLink.openAt(url.replace(URL, "ws$2://"), values);
  try {
    const at = await link.ask("chain_getBlockHash");
    const valueUnder = async (key: BinaryString) => {
      const value = await link.ask("state_getStorage", binaryToHex(key), at);
      return typeof value === "string" ? hexToBytes(value) : undefined;
    };
    const [code, heapPages] = await Promise.all([CODE_KEY, HEAP_PAGES_KEY].map(valueUnder));
    if (code !== undefined) return {code, heapPages};
    throw new DeskError({
      code: "code-unreadable",
      what: "the state of the node's best block holds no runtime (:code)",
      todo: "see which chain the node is of",
    });
  } finally {
    link.close();
  }
}
