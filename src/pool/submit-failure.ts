import type {Hash, InvalidTransaction, UnknownTransaction} from "#primitives";

/** Why a transaction was not taken into the pool; spec/rpc §1 has the code that each shows to a client. */
export type SubmitFailure =
  /** The bytes are no length-prefixed extrinsic. */
  | {readonly code: "malformed"; readonly reason: string}
  /** The runtime gave no answer: it trapped, or lacks the function. */
  | {readonly code: "verification-failed"; readonly reason: string}
  | {readonly code: "invalid"; readonly reason: InvalidTransaction}
  | {readonly code: "unknown-validity"; readonly reason: UnknownTransaction}
  /**
   * The runtime refuses it with an error that this program does not know: SCALE of `TransactionValidityError`. `isUnknown`: it
   * cannot tell whether it is valid.
   */
  | {readonly code: "unrecognized"; readonly isUnknown: boolean; readonly error: Uint8Array}
  /** It was removed or found invalid a moment ago. */
  | {readonly code: "temporarily-banned"}
  | {readonly code: "already-imported"; readonly hash: Hash}
  /** Another transaction provides the same and pays no less: priorities of that one and of this. */
  | {readonly code: "priority-too-low"; readonly old: bigint; readonly new: bigint}
  | {readonly code: "cycle-detected"}
  /** It entered and was at once the least worthy of a full pool. */
  | {readonly code: "immediately-dropped"}
  /** Not to be propagated, and this node authors nothing. */
  | {readonly code: "unactionable"}
  | {readonly code: "no-tags-provided"}
  /** The block it was to be checked at is not known. */
  | {readonly code: "block-unknown"}
  | {readonly code: "future-refused"};
