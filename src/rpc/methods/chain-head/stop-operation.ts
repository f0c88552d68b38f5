import {ok} from "#base";
import {method, param, text} from "../../declare/index.ts";

/** One that is over, or was never there, is as good as stopped. */
export const chainHeadStopOperation = method({
  name: "chainHead_v1_stopOperation",
  params: [param("followSubscription", text), param("operationId", text)],
  result: "null",
  handle({connection}, id, operation) {
    connection?.follows.get(id)?.operations.stop(operation);
    return ok(null);
  },
});
