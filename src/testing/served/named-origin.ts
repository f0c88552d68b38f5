import {bytesToHex} from "#base";
import type {AccountBook} from "../accounts/account-book.ts";
import type {TestOrigin} from "../chain-api.ts";

/** An origin as `dev_dispatch` takes it: accounts by their keys in the place of the kit's names. */
export function namedOrigin(origin: TestOrigin, accounts: AccountBook): unknown {
  if (typeof origin === "string") {
    if (origin.toLowerCase() === "root") return origin;
    throw noOrigin(JSON.stringify(origin));
  }
  if (typeof origin !== "object" || origin === null || Object.keys(origin).length !== 1) {
    throw noOrigin(JSON.stringify(origin) ?? String(origin));
  }
  if (!("signed" in origin)) return origin;
  const {signed} = origin;
  return {signed: typeof signed === "string" ? bytesToHex(accounts.publicKey(signed)) : signed};
}

const noOrigin = (given: string): Error =>
  new Error(
    `dispatch: ${given} is no origin: "root", {signed: "alice"}, or one of the runtime's such as {Council: {Members: [3, 5]}}`,
  );
