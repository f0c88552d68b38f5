import type {Hash} from "#primitives";

/**
 * What becomes of a transaction while somebody watches it. `usurped` names the transaction that took its place;
 * every other hash is a block's. `inBlock` and `retracted` may follow each other several times.
 */
export type TransactionStatus =
  | {readonly kind: "future"}
  | {readonly kind: "ready"}
  /** Handed to these peers, by their ids. */
  | {readonly kind: "broadcast"; readonly peers: readonly string[]}
  | {readonly kind: "inBlock"; readonly block: Hash}
  /** The block it was in is no longer on the best chain. */
  | {readonly kind: "retracted"; readonly block: Hash}
  /** Its block was not finalized in the time that the pool watches for. */
  | {readonly kind: "finalityTimeout"; readonly block: Hash}
  | {readonly kind: "finalized"; readonly block: Hash}
  | {readonly kind: "usurped"; readonly by: Hash}
  | {readonly kind: "dropped"}
  | {readonly kind: "invalid"};

/** True for the statuses after which nothing more is said (spec/rpc §1). */
export function isLastStatus(status: TransactionStatus): boolean {
  switch (status.kind) {
    case "finalized":
    case "finalityTimeout":
    case "usurped":
    case "dropped":
    case "invalid":
      return true;
    default:
      return false;
  }
}
