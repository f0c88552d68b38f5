import {argumentShape} from "../call-form/index.ts";
import {type AccountInfo, accountsAt} from "../chain/account-info.ts";
import {readAccount} from "../chain/account-text.ts";
import {bytesToHex} from "../chain/bytes.ts";
import {hashOf} from "../chain/extrinsic.ts";
import {type ChainRuntime, hasCall, hasItem, runtimeAt} from "../chain/runtime.ts";
import {node} from "../rpc/node.ts";
import {chain, isDevelopment} from "../state/chain.ts";
import {sendTransaction} from "../state/send-transaction.ts";
import {accountName, WELL_KNOWN_KEYS} from "../text/account-name.ts";
import {exactAmountText} from "../text/amount.ts";
import {count} from "../text/short.ts";
import {signAndRehearse} from "./sign-call.ts";
import {transferCall} from "./transfer.ts";
import {wellKnownSigner} from "./well-known.ts";

/**
 * Gives an account so much more, in the smallest unit, and answers how, in words. On a development chain out of nothing:
 * by root's call, or, where the runtime has none for it, by writing it to the state. Elsewhere from the well-known account
 * that has the most.
 */
export async function give(address: string, amount: bigint): Promise<string> {
  const block = await node.call<string>("chain_getBlockHash");
  const runtime = await runtimeAt(block);
  if (!isDevelopment(chain.peek())) return giveFromRichest(address, amount, runtime, block);
  const [info] = await accountsAt([address], runtime, block);
  if (info?.free === undefined)
    throw new Error("this chain does not publish its accounts' balances");
  const byRoot = await giveByRoot(info, info.free + amount, runtime);
  return byRoot ?? giveByState(info, amount, runtime, block);
}

interface Dispatched {
  readonly blockNumber: number;
  readonly error: string | null;
}

/** What sets a balance: its name until 2023 is the second. */
const SETTERS = ["force_set_balance", "set_balance"];

/** Undefined where this runtime has no such call for root, or root is refused. */
async function giveByRoot(
  {address, reserved = 0n}: AccountInfo,
  free: bigint,
  runtime: ChainRuntime,
): Promise<string | undefined> {
  const name = SETTERS.find(each => hasCall(runtime, "Balances", each));
  if (name === undefined) return undefined;
  const shape = argumentShape(["Balances", name, "new_free"], runtime);
  if (shape !== undefined && "most" in shape && free > shape.most) {
    throw new Error(`it would have more than an account can, ${exactAmountText(shape.most)}`);
  }
  const args = {
    who: address,
    new_free: free.toString(),
    ...(name === "set_balance" ? {new_reserved: reserved.toString()} : {}),
  };
  const {blockNumber, error} = await node.call<Dispatched>("dev_dispatch", [
    {origin: "root", call: {call: `Balances.${name}`, args}},
  ]);
  return error === null
    ? `Given by root's Balances.${name} in block ${count(blockNumber)}.`
    : undefined;
}

/** The account's balance, and what there is of the token in all, as they will be from the next block on. */
async function giveByState(
  {address}: AccountInfo,
  amount: bigint,
  runtime: ChainRuntime,
  block: string,
): Promise<string> {
  const {keys, value, fallback} = runtime.builder.buildStorage("System", "Account");
  const key = keys.enc(address);
  const stored = await node.call<string | null>("state_getStorage", [key, block]);
  const account = (stored === null ? fallback : value.dec(stored)) as {
    readonly providers: number;
    readonly data: {readonly free: bigint};
  };
  const {providers, data} = account;
  const changed = {
    ...account,
    providers: Math.max(1, providers),
    data: {...data, free: data.free + amount},
  };
  const values: [string, string][] = [[key, bytesToHex(value.enc(changed))]];
  if (hasItem(runtime, "Balances", "TotalIssuance")) {
    const issuance = runtime.builder.buildStorage("Balances", "TotalIssuance");
    const all = issuance.keys.enc();
    const before = await node.call<string | null>("state_getStorage", [all, block]);
    const total = before === null ? 0n : (issuance.value.dec(before) as bigint);
    values.push([all, bytesToHex(issuance.value.enc(total + amount))]);
  }
  await node.call("dev_setStorage", [values]);
  return "Given by writing it to the state: this runtime has no call of root's for it.";
}

async function giveFromRichest(
  address: string,
  amount: bigint,
  runtime: ChainRuntime,
  block: string,
): Promise<string> {
  const addresses = Object.values(WELL_KNOWN_KEYS).map(key => readAccount(key, runtime)!);
  const known = await accountsAt(addresses, runtime, block);
  const [richest] = known
    .filter(each => each.address !== address)
    .toSorted((one, other) => ((one.free ?? 0n) < (other.free ?? 0n) ? 1 : -1));
  const name = richest && accountName(richest.address);
  if (richest?.free === undefined || name === undefined || richest.free < amount) {
    throw new Error("no well-known account has that much here");
  }
  const giver = await wellKnownSigner(`//${name}`);
  const call = await transferCall(address, amount);
  const {extrinsic, failure} = await signAndRehearse(call, giver!);
  if (failure !== undefined) throw new Error(`${name} cannot send that: ${failure}`);
  const ended = await sendTransaction(extrinsic, {
    what: `Faucet, from ${name}`,
    hash: hashOf(extrinsic),
  });
  const hindrance = ended.failure ?? ended.doubt ?? ended.callFailure;
  if (hindrance !== undefined) throw new Error(`from ${name}: ${hindrance}`);
  return `Sent by ${name}, and final.`;
}
