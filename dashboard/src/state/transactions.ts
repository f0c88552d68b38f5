import {signal} from "@preact/signals";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";

export const STAGES = ["received", "ready", "in block", "final"] as const;
export type Stage = (typeof STAGES)[number];

export interface Transaction {
  readonly id: number;
  readonly what: string;
  readonly hash: string;
  /** When each stage was reached, `EARLIER` where nobody looked then; absent for one that was not. */
  readonly reached: Readonly<Partial<Record<Stage, number>>>;
  readonly block: string | undefined;
  readonly failure: string | undefined;
}

/** Reached before it was followed here. */
export const EARLIER = 0;

/** Newest first, of this page only. */
export const transactions = signal<readonly Transaction[]>([]);

let nextId = 1;

export function addTransaction(transaction: Omit<Transaction, "id">): number {
  const id = nextId++;
  transactions.value = [{...transaction, id}, ...transactions.peek()];
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

type StatusJson =
  | "future"
  | "ready"
  | "invalid"
  | {readonly inBlock?: string; readonly finalized?: string; readonly retracted?: string}
  | Readonly<Record<string, unknown>>;

/** Sends a transaction and follows it to its end; resolves with how it ended. */
export function sendTransaction(
  extrinsic: string,
  {what, hash}: {what: string; hash: string},
): Promise<Transaction> {
  const reached = {received: Date.now()};
  const id = addTransaction({what, hash, reached, block: undefined, failure: undefined});
  return new Promise(resolve => {
    const end = () => {
      stop();
      resolve(transactions.peek().find(each => each.id === id)!);
    };
    const stop = node.subscribe<StatusJson>(
      {
        method: "author_submitAndWatchExtrinsic",
        unsubscribe: "author_unwatchExtrinsic",
        params: [extrinsic],
      },
      status => {
        changeTransaction(id, transaction => changeBy(status, transaction));
        if (isLast(status)) end();
      },
      refusal => {
        changeTransaction(id, () => ({failure: failureText(refusal)}));
        end();
      },
    );
  });
}

function changeBy(status: StatusJson, {reached}: Transaction): Partial<Transaction> {
  const at = (stage: Stage) => ({...reached, [stage]: reached[stage] ?? Date.now()});
  if (status === "ready") return {reached: at("ready")};
  if (status === "future") return {};
  if (typeof status === "string") return {failure: status};
  if (typeof status.inBlock === "string") return {reached: at("in block"), block: status.inBlock};
  if (typeof status.finalized === "string") return {reached: at("final"), block: status.finalized};
  if ("retracted" in status) {
    const {"in block": _, ...before} = reached;
    return {reached: before, block: undefined};
  }
  if ("broadcast" in status) return {};
  return {failure: Object.keys(status)[0] ?? "ended"};
}

const GOES_ON = ["inBlock", "retracted", "broadcast"];

const isLast = (status: StatusJson): boolean =>
  typeof status === "string"
    ? status !== "ready" && status !== "future"
    : !GOES_ON.some(name => name in status);
