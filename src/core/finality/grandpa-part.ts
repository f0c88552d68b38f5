import type {Result} from "#base";
import type {AuthoritySet, EquivocationProof, VoterStatus} from "#consensus";
import type {PeerId, Refusal, Role} from "#network";
import type {Hash} from "#primitives";
import type {FinalityPeers} from "./finality-peers.ts";

/** What exists only where GRANDPA's voters make blocks final. */
export interface GrandpaPart {
  readonly status: VoterStatus;
  /** Milliseconds since this node entered the running round; undefined before it began. */
  readonly roundAge: number | undefined;
  /** The voters stand outside of the runtime, and nothing that it announces changes them. */
  readonly isFixed: boolean;
  /** Who votes, who comes next, and where earlier sets ended. */
  readonly sets: AuthoritySet;
  /** Voters that voted twice, with the proofs. */
  readonly equivocations: readonly EquivocationProof[];
  connect(peers: FinalityPeers): void;
  peerAccepted(peer: PeerId, role: Role): void;
  peerGone(peer: PeerId): void;
  received(peer: PeerId, message: Uint8Array): void;
  /** A block that is in the chain came with a proof of its finality. */
  imported(justification: Uint8Array, peer: PeerId): void;
  /** The proofs that lead from a final block to the newest one. */
  warpProof(from: Hash): Result<Uint8Array, Refusal>;
  /** The listener is called with each proof of finality, SCALE. Returns how to stop. */
  onJustification(listener: (justification: Uint8Array) => void): () => void;
  /** Those voters go on from where the chain leapt to. */
  goOnWith(sets: AuthoritySet): void;
}
