import {ok} from "#base";
import {u32} from "#codec";
import {nextNonce} from "#runtime-api";
import {queryRuntime} from "../../access/runtime-query.ts";
import {address, method, param} from "../../declare/index.ts";

/** The nonce of the next transaction of an account, those in the pool counted. */
export const systemAccountNextIndex = method({
  name: "system_accountNextIndex",
  aliases: ["account_nextIndex"],
  params: [param("account", address)],
  result: "number",
  handle: ({chain, pool}, account) =>
    pool.whenAllBack(() => {
      const nonce = queryRuntime(chain, chain.best().hash, {
        name: "AccountNonceApi_account_nonce",
        args: account,
        result: u32,
        failure: "Unable to query nonce.",
      });
      return nonce.ok ? ok(nextNonce(account, nonce.value, pool.ready())) : nonce;
    }),
});
