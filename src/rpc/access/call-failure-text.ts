import type {Hash} from "#primitives";
import type {CallFailure, ChainQuestions, DiscardedState} from "../questions/chain.ts";
import {toHex} from "../shapes/hex.ts";

/** A header begins with its parent's hash. */
const HASH_LENGTH = 32;

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

/** What else is known: what error objects may carry beside their message. */
export function callErrorData(
  chain: ChainQuestions,
  block: Hash,
  failure: CallFailure,
): {readonly data?: unknown} {
  return failure.code === "state-unavailable"
    ? unknownBlockData(chain, block)
    : callFailureData(failure);
}

/** What else is known of a trap, for people. */
export function callFailureData(failure: CallFailure): {readonly data?: string} {
  if (failure.code !== "trap" || failure.facts === undefined || failure.facts.length === 0)
    return {};
  return {data: failure.facts.map(([label, value]) => `${label}: ${value}`).join("\n")};
}

/** Of a block whose state is not there, or the state that it was built on. */
export function unknownBlockText(chain: ChainQuestions, block: Hash): string {
  if (chain.header(block) === undefined)
    return `UnknownBlock: Header was not found in the database: ${toHex(block)}`;
  const gone = goneAt(chain, block);
  // Clients look for these words.
  const discarded = `UnknownBlock: State already discarded for ${toHex(gone?.block ?? block)}`;
  return gone === undefined ? discarded : `${discarded}: ${keptInstead(gone.state)}`;
}

/** The same for programs: which states are kept, and the nearest of them. */
export function unknownBlockData(chain: ChainQuestions, block: Hash): {readonly data?: unknown} {
  const gone = goneAt(chain, block);
  if (gone === undefined) return {};
  const {number, kept, nearest, mode, pallets} = gone.state;
  const closest = nearest && {number: nearest.number, hash: toHex(nearest.hash)};
  return {data: {block: number, statesKept: kept, nearest: closest, statePruning: mode, pallets}};
}

/** Whoever executes a block again needs the state of its parent, and is told of that one. */
function goneAt(chain: ChainQuestions, block: Hash) {
  const own = chain.discarded(block);
  if (own !== undefined) return {block, state: own};
  const parent = chain.header(block)?.subarray(0, HASH_LENGTH);
  const before = parent === undefined ? undefined : chain.discarded(parent);
  return parent === undefined || before === undefined ? undefined : {block: parent, state: before};
}

function keptInstead({number, kept, nearest, mode, pallets}: DiscardedState): string {
  const ranges = kept.map(({from, to}) => (from === to ? `${from}` : `${from} to ${to}`));
  const parts = [
    `it is block ${number}, and the states kept are those of ${ranges.join(" and ")} (--state-pruning ${mode})`,
    ...(nearest === undefined ? [] : [`the nearest is that of block ${nearest.number}`]),
    ...(pallets.length === 0 ? [] : [`of pallets ${pallets.join(", ")} this one can be read too`]),
    "a node with --state-pruning archive has what came since it was started so",
  ];
  return parts.join("; ");
}
