import {signal} from "@preact/signals";

export const STAGES = ["received", "ready", "in block", "final"] as const;
export type Stage = (typeof STAGES)[number];

export interface Transaction {
  readonly id: number;
  readonly what: string;
  readonly hash: string;
  /** When each stage was reached, `EARLIER` where nobody looked then; absent for one that was not. */
  readonly reached: Readonly<Partial<Record<Stage, number>>>;
  readonly block: string | undefined;
  /** It came to its end, and not to the good one. */
  readonly failure: string | undefined;
  /** Why its call failed in its block; undefined where it did not, and before it is in one. */
  readonly callFailure: string | undefined;
  /** Why its stages may be more than is shown. */
  readonly doubt: string | undefined;
}

/** Reached before it was followed here. */
export const EARLIER = 0;

/** Newest first, of this page only. */
export const transactions = signal<readonly Transaction[]>([]);

let nextId = 1;

export function addTransaction(of: Pick<Transaction, "what" | "hash" | "reached">): number {
  const id = nextId++;
  const nothing = {block: undefined, failure: undefined, callFailure: undefined, doubt: undefined};
  const transaction = {...of, ...nothing, id};
  transactions.value = [transaction, ...transactions.peek()];
  return id;
}

export function changeTransaction(
  id: number,
  change: (transaction: Transaction) => Partial<Transaction>,
): void {
  transactions.value = transactions
    .peek()
    .map(each => (each.id === id ? {...each, ...change(each)} : each));
}
