import type {Hash} from "#primitives";
import type {CallFailure, ChainQuestions} from "../questions/chain.ts";
import {toHex} from "../shapes/hex.ts";

/** As Substrate words it, since clients look into these texts. */
export function callFailureText(chain: ChainQuestions, block: Hash, failure: CallFailure): string {
  switch (failure.code) {
    case "function-not-found":
      return `Execution failed: Other: Exported method ${failure.name} is not found`;
    case "arguments-invalid":
      return `Execution failed: ${failure.name}: arguments do not decode: ${failure.reason}`;
    case "trap":
      return `Execution failed: Execution aborted due to trap: ${failure.message}`;
    case "given-up":
      return `Execution failed: ${failure.name} did not end within ${failure.milliseconds} ms`;
    case "state-missing":
      return `Execution failed: Trie lookup error: Database missing expected key: ${failure.hash}`;
    case "state-unavailable":
      return unknownBlockText(chain, block);
  }
}

/** What else is known of a trap, for people: what error objects may carry beside their message. */
export function callFailureData(failure: CallFailure): {readonly data?: string} {
  if (failure.code !== "trap" || failure.facts === undefined || failure.facts.length === 0)
    return {};
  return {data: failure.facts.map(([label, value]) => `${label}: ${value}`).join("\n")};
}

/** Of a block whose state is not there. */
export function unknownBlockText(chain: ChainQuestions, block: Hash): string {
  return chain.header(block) === undefined
    ? `UnknownBlock: Header was not found in the database: ${toHex(block)}`
    : `UnknownBlock: State already discarded for ${toHex(block)}`;
}
