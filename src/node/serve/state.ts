import {binaryToBytes, bytesToBinary, err, ok, type Result} from "#base";
import type {Refusal, StateRequest, StateResponse} from "#network";
import type {Blockchain} from "../chain/blockchain.ts";

/** An answer ends when its entries pass this (spec/network §1.5). */
const SOFT_SIZE = 2 * 1_024 * 1_024;
const NO_PROOF = new Uint8Array(0);

/** Answers state/2 with plain entries in the order of their keys; the asker checks the root of the whole. */
export function serveState(
  chain: Blockchain,
  {block, start, noProof}: StateRequest,
): Result<StateResponse, Refusal> {
  const state = chain.state(block);
  if (state === undefined || start.length > 1 || !noProof) return err({code: "refused"});
  const entries: {key: Uint8Array; value: Uint8Array}[] = [];
  let size = 0;
  let at = start[0] === undefined ? undefined : bytesToBinary(start[0]);
  // The empty key is no key of any state of ours.
  at = state.nextKey(at ?? "");
  while (at !== undefined && size < SOFT_SIZE) {
    const key = binaryToBytes(at);
    const value = state.get(at)!;
    entries.push({key, value});
    size += key.length + value.length;
    at = state.nextKey(at);
  }
  const complete = at === undefined;
  return ok({entries: [{stateRoot: new Uint8Array(0), entries, complete}], proof: NO_PROOF});
}
