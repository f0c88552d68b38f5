import type {BinaryString} from "#base";
import type {Hash} from "#primitives";

/** A tag of the runtime's (`account ++ nonce`, say), to be compared and nothing else. */
export type Tag = BinaryString;

/** A transaction that the runtime found valid, with what it said of it. */
export interface PoolTransaction {
  readonly hash: Hash;
  /** The hash as a map key. */
  readonly id: BinaryString;
  readonly bytes: Uint8Array;
  readonly priority: bigint;
  readonly requires: readonly Tag[];
  readonly provides: readonly Tag[];
  /** The last block number at which it may be included; infinite when it does not age. */
  readonly validTill: number;
  readonly propagate: boolean;
  /** Order of arrival, to be fair among equals. */
  readonly arrival: number;
  /** Which of the runtimes that the best chain had since the start said all this. */
  readonly era: number;
}

/** Which of two transactions goes first: the higher priority, then the one that expires sooner, then the older. */
export function goesBefore(a: PoolTransaction, b: PoolTransaction): boolean {
  if (a.priority !== b.priority) return a.priority > b.priority;
  if (a.validTill !== b.validTill) return a.validTill < b.validTill;
  return a.arrival < b.arrival;
}

/** Whether two verdicts on a transaction put it in the same place in line. */
export function hasSameTags(a: PoolTransaction, b: PoolTransaction): boolean {
  const tagsOf = ({requires, provides}: PoolTransaction) => JSON.stringify([requires, provides]);
  return tagsOf(a) === tagsOf(b);
}
