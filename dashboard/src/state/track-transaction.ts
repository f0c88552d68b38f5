import {effect} from "@preact/signals";
import {findTransaction, LOOKED_THROUGH} from "../chain/find-transaction.ts";
import {failureText, RpcFailure} from "../rpc/rpc-failure.ts";
import {bestHead, finalHead} from "./heads.ts";
import {noteCallFailure} from "./note-call-failure.ts";
import {
  changeTransaction,
  EARLIER,
  STAGES,
  type Stage,
  type Transaction,
  transactions,
} from "./transactions.ts";

const BROKEN =
  "The connection to the node broke: it is looked for as soon as the node is reached again.";
const LOST = `Lost sight of it: it is neither in this node's pool nor in its newest blocks, of which ${LOOKED_THROUGH} were looked through. It may be in an older one, or come yet from another node.`;

/**
 * Follows a transaction that nobody tells of, by looking for it at each new head. Ends when it is final, or when it is
 * nowhere to be found.
 */
export function trackTransaction(id: number): Promise<void> {
  changeTransaction(id, () => ({doubt: BROKEN}));
  return new Promise(resolve => {
    let isUnderWay = false;
    let isDue = false;
    const look = async () => {
      isDue = true;
      if (isUnderWay) return;
      isUnderWay = true;
      while (isDue) {
        isDue = false;
        if (await isAtItsEnd(id)) {
          stop();
          resolve();
          return;
        }
      }
      isUnderWay = false;
    };
    const stop = effect(() => {
      void bestHead.value;
      void finalHead.value;
      void look();
    });
  });
}

async function isAtItsEnd(id: number): Promise<boolean> {
  const {hash, doubt} = transactions.peek().find(each => each.id === id)!;
  try {
    const found = await findTransaction(hash);
    if (found === undefined) {
      changeTransaction(id, () => ({doubt: LOST}));
      return true;
    }
    const stage = found.isFinal ? "final" : found.block === undefined ? "ready" : "in block";
    // What was in doubt until now was reached while nobody looked.
    const at = doubt === undefined ? Date.now() : EARLIER;
    changeTransaction(id, before => ({
      reached: reachedUpTo(stage, before, at),
      block: found.block,
      doubt: undefined,
    }));
    await noteCallFailure(id);
    return found.isFinal;
  } catch (error) {
    // The next head, the first one after a break too, asks again.
    const isBreak = error instanceof RpcFailure && error.isBreak;
    changeTransaction(id, () => ({
      doubt: isBreak ? BROKEN : `It is looked for again: ${failureText(error)}`,
    }));
    return false;
  }
}

/** Stages beyond it are taken back: its block may have left the chain. */
function reachedUpTo(
  stage: Stage,
  {reached}: Transaction,
  at: number,
): Readonly<Partial<Record<Stage, number>>> {
  const stages = STAGES.slice(0, STAGES.indexOf(stage) + 1);
  return Object.fromEntries(stages.map(each => [each, reached[each] ?? at]));
}
