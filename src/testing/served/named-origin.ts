import {bytesToHex} from "#base";
import type {AccountBook} from "../accounts/account-book.ts";
import type {TestOrigin} from "../chain-api.ts";

/** An origin as `dev_dispatch` takes it: accounts by their keys in the place of the kit's names. */
export function namedOrigin(origin: TestOrigin, accounts: AccountBook): unknown {
  if (typeof origin === "string" || !("signed" in origin)) return origin;
  const {signed} = origin;
  return {signed: typeof signed === "string" ? bytesToHex(accounts.publicKey(signed)) : signed};
}
