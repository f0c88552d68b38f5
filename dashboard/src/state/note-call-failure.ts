import {callFailureIn} from "../chain/call-failure.ts";
import {failureText, RpcFailure} from "../rpc/rpc-failure.ts";
import {changeTransaction, transactions} from "./transactions.ts";

/** Notes of a transaction that is in a block what its call came to there: that it stands in one does not say. */
export async function noteCallFailure(id: number): Promise<void> {
  const {block, hash} = transactions.peek().find(each => each.id === id)!;
  if (block === undefined) return;
  const change = await callFailureIn(block, hash).then(
    callFailure => ({callFailure, doubt: undefined}),
    // After a break it is looked for, and then comes here again.
    error =>
      error instanceof RpcFailure && error.isBreak
        ? {}
        : {doubt: `What its call came to cannot be read: ${failureText(error)}`},
  );
  // Its block may have left the chain meanwhile.
  changeTransaction(id, now => (now.block === block ? change : {}));
}
