import {type BinaryString, binaryToBytes, bytesToBinary, err, ok, type Result} from "#base";
import {bytes, encode, vec} from "#codec";
import type {Refusal, StateRequest, StateResponse} from "#network";
import type {StateView} from "#state";
import type {Blockchain} from "../chain/blockchain.ts";

/** An answer ends when its entries pass this (spec/network §1.5). */
const SOFT_SIZE = 2 * 1_024 * 1_024;
const NO_PROOF = new Uint8Array(0);

/** Largest key to go on from: longer ones are in no state. */
const LONGEST_START = 1_024;
const proofCodec = vec(bytes);

/**
 * Answers state/2 from a key on, in the order of keys: by a compact proof, or by plain entries, of which the asker can
 * only check the root of the whole. Child tries are in no state of ours.
 */
export function serveState(
  chain: Blockchain,
  {block, start, noProof}: StateRequest,
): Result<StateResponse, Refusal> {
  const state = chain.state(block);
  const [after] = start;
  const isAskable = start.length <= 1 && (after?.length ?? 0) <= LONGEST_START;
  if (state === undefined || !isAskable) return err({code: "refused"});
  const from = after === undefined ? undefined : bytesToBinary(after);
  if (noProof) return ok(plainEntries(state, from));
  return ok({entries: [], proof: encode(proofCodec, state.trie.proveRange(from, SOFT_SIZE))});
}

function plainEntries(state: StateView, from: BinaryString | undefined): StateResponse {
  const entries: {key: Uint8Array; value: Uint8Array}[] = [];
  let size = 0;
  // The empty key is no key of any state of ours.
  let at = state.nextKey(from ?? "");
  while (at !== undefined && size < SOFT_SIZE) {
    const key = binaryToBytes(at);
    const value = state.get(at)!;
    entries.push({key, value});
    size += key.length + value.length;
    at = state.nextKey(at);
  }
  const complete = at === undefined;
  return {entries: [{stateRoot: new Uint8Array(0), entries, complete}], proof: NO_PROOF};
}
