import {err, ok} from "#base";
import {Broadcast} from "../../broadcast/index.ts";
import {bytes, method, param} from "../../declare/index.ts";
import {NEEDS_WEB_SOCKET} from "../../json-rpc/rpc-error.ts";

/** What is no transaction, or never will be valid, has an id like any other: nothing comes of it (spec/rpc §2). */
export const transactionBroadcast = method({
  name: "transaction_v1_broadcast",
  params: [param("transaction", bytes)],
  result: "operation id | null at the limit of the connection",
  handle({chain, pool, connection, onBug}, transaction) {
    if (connection === undefined) return err(NEEDS_WEB_SOCKET);
    const {broadcasts} = connection;
    if (broadcasts.isFull) return ok(null);
    return ok(broadcasts.add(new Broadcast(transaction, {chain, pool, onBug})));
  },
});
