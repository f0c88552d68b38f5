import {type BinaryString, binaryToHex, hexToBytes} from "#base";
import type {GenesisMakers} from "#chain-spec";
import {CODE_KEY, HEAP_PAGES_KEY} from "#primitives";
import {DeskError} from "../desk/desk-error.ts";
import {NodeLink} from "../desk/node-link.ts";
import type {FlagValues} from "../flags/index.ts";
import {codeInFile, type FoundCode} from "./find-code.ts";

const URL = /^(ws|http)(s?):\/\//i;

/** In a file, or of a running node by its URL. Throws `DeskError` and `RpcFailure`. */
export async function codeInPlace(
  place: string,
  values: FlagValues,
  makers: GenesisMakers,
): Promise<FoundCode> {
  return URL.test(place) ? codeOfNode(place, values) : codeInFile(place, makers);
}

/** What the node's best block has. Throws `DeskError` and `RpcFailure`. */
async function codeOfNode(url: string, values: FlagValues): Promise<FoundCode> {
  const link = await NodeLink.openAt(
    url.replace(URL, "ws$2://"),
    values,
    "see whether that node runs and the URL is right, or name a file",
  );
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
