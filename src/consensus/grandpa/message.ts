import {concatBytes} from "#base";
import {encode, fixedBytes, struct, tuple, type ValueOf, variant} from "#codec";
import {blockRef} from "./block-ref.ts";
import {safeU64} from "./safe-u64.ts";

/** An ed25519 public key, 32 bytes: how a voter is called. */
export type VoterId = Uint8Array;
export const voterId = fixedBytes(32, {path: "sp_consensus_grandpa::app::Public"});
/** An ed25519 signature, 64 bytes. */
export const voterSignature = fixedBytes(64, {path: "sp_consensus_grandpa::app::Signature"});

/** What a voter says in a round, 37 bytes (spec/network §2.4). */
export const voteMessage = variant({
  Prevote: [0, blockRef],
  Precommit: [1, blockRef],
  PrimaryPropose: [2, blockRef],
});
export type VoteMessage = ValueOf<typeof voteMessage>;
export type VoteKind = VoteMessage["type"];

export const signedMessage = struct({message: voteMessage, signature: voterSignature, id: voterId});
export type SignedMessage = Readonly<ValueOf<typeof signedMessage>>;

/** A vote of known kind without its tag: target, signature, id; 132 bytes. */
export const signedVote = struct({target: blockRef, signature: voterSignature, id: voterId});
export type SignedVote = Readonly<ValueOf<typeof signedVote>>;

const roundAndSet = tuple(safeU64, safeU64);

/** The 53 bytes that a voter signs: message, round, set id. */
export function signingPayload(what: VoteMessage, round: number, setId: number): Uint8Array {
  return concatBytes(encode(voteMessage, what), encode(roundAndSet, [round, setId]));
}
