import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {noteCallFailure} from "./note-call-failure.ts";
import {trackTransaction} from "./track-transaction.ts";
import {
  addTransaction,
  changeTransaction,
  type Stage,
  type Transaction,
  transactions,
} from "./transactions.ts";

type StatusJson =
  | "future"
  | "ready"
  | "invalid"
  | {readonly inBlock?: string; readonly finalized?: string; readonly retracted?: string}
  | Readonly<Record<string, unknown>>;

/**
 * Sends a transaction, once, and follows it to its end; resolves with how it ended. Where the connection breaks
 * meanwhile, nobody tells of it any more, and it is looked for.
 */
export function sendTransaction(
  extrinsic: string,
  {what, hash}: {what: string; hash: string},
): Promise<Transaction> {
  const reached = {received: Date.now()};
  const id = addTransaction({what, hash, reached});
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
        isOnce: true,
      },
      status => {
        changeTransaction(id, transaction => changeBy(status, transaction));
        const noted = noteCallFailure(id);
        if (isLast(status)) void noted.then(end);
      },
      refusal => {
        // Sent a second time it would be refused for having been heard the first time.
        if (refusal.isBreak) return void trackTransaction(id).then(end);
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
    return {reached: before, block: undefined, callFailure: undefined};
  }
  if ("broadcast" in status) return {};
  return {failure: Object.keys(status)[0] ?? "ended"};
}

const GOES_ON = ["inBlock", "retracted", "broadcast"];

const isLast = (status: StatusJson): boolean =>
  typeof status === "string"
    ? status !== "ready" && status !== "future"
    : !GOES_ON.some(name => name in status);
