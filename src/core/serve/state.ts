import {type BinaryString, bytesToBinary, err, ok, type Result} from "#base";
import {bytes, encode, vec} from "#codec";
import type {Refusal, StateRequest, StateResponse} from "#network";
import type {StateStart} from "#state";
import type {Blockchain} from "../chain/blockchain.ts";
import {plainEntries} from "./plain-entries.ts";

/** An answer ends when its entries pass this (spec/network §1.5). */
const SOFT_SIZE = 2 * 1_024 * 1_024;
const NO_PROOF = new Uint8Array(0);

/** Largest key to go on from: longer ones are in no state. */
const LONGEST_START = 1_024;
const proofCodec = vec(bytes);

/**
 * Answers state/2 from a key on, in the order of keys, the entries of a child trie right after its root: by a compact proof,
 * or by plain entries, of which the asker can only check the root of the whole.
 */
export function serveState(
  chain: Blockchain,
  {block, start, noProof}: StateRequest,
): Result<StateResponse, Refusal> {
  const state = chain.state(block);
  const isAskable = start.length <= 2 && start.every(({length}) => length <= LONGEST_START);
  if (state === undefined || !isAskable) return err({code: "refused"});
  const from = start.map(bytesToBinary) as readonly BinaryString[] as StateStart;
  if (noProof) {
    const entries = plainEntries(state, from, SOFT_SIZE);
    return entries === undefined ? err({code: "refused"}) : ok({entries, proof: NO_PROOF});
  }
  const proof = state.proveRange(from, SOFT_SIZE);
  if (proof === undefined) return err({code: "refused"});
  return ok({entries: [], proof: encode(proofCodec, proof)});
}
