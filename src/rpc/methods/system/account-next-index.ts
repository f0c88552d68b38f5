import {concatBytes, equalBytes, ok} from "#base";
import {encode, u32} from "#codec";
import type {AccountId} from "#primitives";
import {queryRuntime} from "../../access/runtime-query.ts";
import type {PooledTransaction} from "../../backend/index.ts";
import {address, method, param} from "../../declare/index.ts";

/** The nonce of the next transaction of an account, those in the pool counted. */
export const systemAccountNextIndex = method({
  name: "system_accountNextIndex",
  aliases: ["account_nextIndex"],
  params: [param("account", address)],
  result: "number",
  handle({chain, pool}, account) {
    const nonce = queryRuntime(chain, chain.best().hash, {
      name: "AccountNonceApi_account_nonce",
      args: account,
      result: u32,
      failure: "Unable to query nonce.",
    });
    return nonce.ok ? ok(afterPool(account, nonce.value, pool.ready())) : nonce;
  },
});

const tagOf = (account: AccountId, nonce: number): Uint8Array =>
  concatBytes(account, encode(u32, nonce));

/** Ready transactions come in the order of their nonces, so one pass finds the gapless run. */
function afterPool(account: AccountId, nonce: number, ready: Iterable<PooledTransaction>): number {
  let next = nonce;
  let tag = tagOf(account, next);
  for (const {provides} of ready) {
    if (provides[0] !== undefined && equalBytes(provides[0], tag)) tag = tagOf(account, ++next);
  }
  return next;
}
