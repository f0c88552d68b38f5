import {ok} from "#base";
import {bytes, param, subscription} from "../../declare/index.ts";
import {TransactionEvents} from "./transaction-events.ts";

/** A refused transaction is an event, not an error of the call (spec/rpc §2). */
export const transactionWatchSubmitAndWatch = subscription({
  name: "transactionWatch_v1_submitAndWatch",
  unsubscribe: "transactionWatch_v1_unwatch",
  notification: "transactionWatch_v1_watchEvent",
  unsubscribed: "null",
  params: [param("transaction", bytes)],
  item: "event: validated, bestChainBlockIncluded, finalized | error | invalid | dropped",
  async start({chain, pool}, sink, transaction) {
    const events = new TransactionEvents(transaction, chain, sink);
    const watched = await pool.watch(transaction, status => events.tell(status));
    if (watched.ok) return watched;
    events.refused(watched.error);
    return ok(() => undefined);
  },
});
