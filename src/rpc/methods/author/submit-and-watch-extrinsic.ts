import {err} from "#base";
import {isLastStatus} from "#pool";
import {bytes, param, subscription} from "../../declare/index.ts";
import {submitError} from "../../shapes/submit-error.ts";
import {transactionStatusJson} from "../../shapes/transaction-status-json.ts";

/** A refused transaction is an error of this call; one that fails later is a status. */
export const authorSubmitAndWatchExtrinsic = subscription({
  name: "author_submitAndWatchExtrinsic",
  unsubscribe: "author_unwatchExtrinsic",
  notification: "author_extrinsicUpdate",
  params: [param("extrinsic", bytes)],
  item: "TransactionStatus, until one after which nothing more happens",
  async start({pool}, sink, extrinsic) {
    const watched = await pool.watch(extrinsic, status => {
      sink.send(transactionStatusJson(status));
      if (isLastStatus(status)) sink.end();
    });
    return watched.ok ? watched : err(submitError(watched.error, "watch"));
  },
});
