import {bytes, encode, vec} from "#codec";
import type {StateView} from "#state";
import {encodeCompactProof, type ProofItems} from "#trie";

const proofCodec = vec(bytes);

/** What it takes to execute a block without the state: all of it that is come upon, in reading and for the root. */
export interface BlockProof {
  readonly items: ProofItems;
  /** In the form in which a relay chain's validators are given it. */
  readonly compact: readonly Uint8Array[];
  /** Bytes of the compact form as SCALE. */
  readonly size: number;
}

/** The proof that was noted while a block was executed on a state. */
export function proofOf(parentState: StateView, items: ProofItems): BlockProof {
  const compact = encodeCompactProof(parentState.root(), items);
  return {items, compact, size: encode(proofCodec, compact).length};
}
