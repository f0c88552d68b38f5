import {err, ok} from "#base";
import {NOT_WAITING_FOR_CONTINUE} from "../../chain-head/index.ts";
import {method, param, text} from "../../declare/index.ts";

/** Operations here never wait for it: they go on when the client has read what came before. */
export const chainHeadContinue = method({
  name: "chainHead_v1_continue",
  params: [param("followSubscription", text), param("operationId", text)],
  result: "null",
  handle({connection}, id, operation) {
    const isRunning = connection?.follows.get(id)?.operations.isRunning(operation) ?? false;
    return isRunning ? err(NOT_WAITING_FOR_CONTINUE) : ok(null);
  },
});
