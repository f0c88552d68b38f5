import {err, ok} from "#base";
import {method, param, text} from "../../declare/index.ts";

export const transactionStop = method({
  name: "transaction_v1_stop",
  params: [param("operationId", text)],
  result: "null",
  handle: ({connection}, id) =>
    connection?.broadcasts.stop(id) === true
      ? ok(null)
      : err({code: -32_602, message: "Invalid operation id"}),
});
