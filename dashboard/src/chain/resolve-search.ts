import {node} from "../rpc/node.ts";
import {digitsOf} from "../text/whole-number.ts";
import {accountsAt} from "./account-info.ts";
import {readAccount} from "./account-text.ts";
import {type Found, findTransaction} from "./find-transaction.ts";
import {runtimeAt} from "./runtime.ts";

/** What a text that somebody searches for means. */
export type Meaning =
  | {readonly is: "block"; readonly place: string}
  | {readonly is: "account"; readonly address: string}
  | {readonly is: "transaction"; readonly hash: string; readonly found: Found}
  /** Words in events. */
  | {readonly is: "text"; readonly text: string}
  | {readonly is: "nothing"; readonly why: string};

const HASH = /^0x[0-9a-f]{64}$/i;

/** A block's number or hash, a transaction's hash, an account by address, key or name, or words in events. */
export async function resolveSearch(written: string): Promise<Meaning> {
  const text = written.trim();
  const digits = digitsOf(text);
  if (digits !== undefined) return resolveNumber(digits);
  if (HASH.test(text)) return resolveHash(text.toLowerCase());
  const address = readAccount(text, await runtimeAt());
  return address === undefined ? {is: "text", text} : {is: "account", address};
}

async function resolveNumber(digits: string): Promise<Meaning> {
  const {number} = await node.call<{number: string}>("chain_getHeader");
  return BigInt(digits) <= BigInt(number)
    ? {is: "block", place: String(BigInt(digits))}
    : {is: "nothing", why: `There is no block ${digits} yet: the newest is ${Number(number)}.`};
}

/** 32 bytes may be a block's hash, a transaction's, or an account's key. */
async function resolveHash(hash: string): Promise<Meaning> {
  if ((await node.call<object | null>("chain_getHeader", [hash])) !== null) {
    return {is: "block", place: hash};
  }
  const runtime = await runtimeAt();
  const address = readAccount(hash, runtime)!;
  const best = await node.call<string>("chain_getBlockHash");
  const [info] = await accountsAt([address], runtime, best);
  if (info?.isHere) return {is: "account", address};
  const found = await findTransaction(hash);
  if (found !== undefined) return {is: "transaction", hash, found};
  const why =
    "This hash is of no block of this node's, of no transaction in its pool or its newest blocks, and no account's key that the chain knows.";
  return {is: "nothing", why};
}
