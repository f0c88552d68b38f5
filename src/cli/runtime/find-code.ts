import {readFileSync, statSync} from "node:fs";
import {hexToBytes} from "#base";
import {type ChainSpec, firstState, type GenesisMakers, parseChainSpec} from "#chain-spec";
import {CODE_KEY, HEAP_PAGES_KEY} from "#primitives";
import {DeskError} from "../desk/desk-error.ts";

/** A runtime's code, and what the chain that has it says of its heap (`:heappages`), where it does. */
export interface FoundCode {
  readonly code: Uint8Array;
  readonly heapPages: Uint8Array | undefined;
}

/** More than any chain spec has: of a live chain's whole state, in hex, some hundreds of millions. */
const MOST_BYTES = 2 ** 30;

/** In a file: a chain spec, or the code itself as it is or in hex. Throws `DeskError`. */
export function codeInFile(path: string, makers: GenesisMakers): FoundCode {
  const read = readFile(path);
  if (typeof read === "string") return refuse(path, read);
  const bytes = read;
  const beginning = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  if (beginning.startsWith("{")) {
    const parsed = parseChainSpec(new TextDecoder().decode(bytes));
    if (!parsed.ok) return refuse(path, `${parsed.error.key}: ${parsed.error.message}`);
    return codeOfSpec(path, parsed.value.spec, makers);
  }
  if (!beginning.startsWith("0x")) return {code: bytes, heapPages: undefined};
  const code = hexToBytes(new TextDecoder().decode(bytes).trim());
  return code === undefined ? refuse(path, "not hex") : {code, heapPages: undefined};
}

/** The bytes of a file, or why there are none. */
function readFile(path: string): Uint8Array | string {
  try {
    const found = statSync(path);
    // A device has no end.
    if (!found.isFile()) return "it is no file";
    if (found.size > MOST_BYTES) return `it has ${found.size} bytes`;
    return readFileSync(path);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function codeOfSpec(path: string, {genesis}: ChainSpec, makers: GenesisMakers): FoundCode {
  // What its configuration comes to is not asked for.
  if (genesis.kind === "configured") return {code: genesis.code, heapPages: undefined};
  const first = firstState(genesis, makers);
  if (!first.ok) throw new DeskError(first.error);
  const {top} = first.value;
  const code = top.get(CODE_KEY);
  return code === undefined
    ? refuse(path, "its state holds no runtime (:code)")
    : {code, heapPages: top.get(HEAP_PAGES_KEY)};
}

function refuse(path: string, reason: string): never {
  throw new DeskError({
    code: "code-unreadable",
    what: `there is no runtime in ${path}`,
    facts: [["reason", reason]],
    todo: "give a chain spec, a runtime's code (.wasm, also compressed or in hex), or a node's URL",
  });
}
