import {bytesToHex} from "#base";
import {askFacts, type CollatorFacts} from "./collator-facts.ts";
import type {Desk} from "./desk.ts";
import {DeskError} from "./desk-error.ts";
import type {OperatorCall} from "./operator-calls.ts";
import {sendCall} from "./send-call.ts";
import type {Signer} from "./signer.ts";

/**
 * Brings a call onto the chain: signs and sends it, or prints it for a wallet and waits until what it does is seen.
 * Answers false where it was told not to wait for the wallet.
 */
export async function settleCall(
  desk: Desk,
  {account, pair}: Signer,
  call: OperatorCall,
  isDone: (facts: CollatorFacts) => boolean,
): Promise<boolean> {
  const {link, terminal, values, calls} = desk;
  const address = desk.address(account);
  if (pair !== undefined) {
    const {block, hash} = await sendCall(desk, pair, address, call);
    desk.say("sent", `${call.text}`);
    desk.say("in block", `${block} ${hash}`);
    return true;
  }
  terminal.stdout("");
  terminal.stdout(`to be signed by ${address}, as call data in its wallet:`);
  terminal.stdout(bytesToHex(calls.encoded(call)));
  terminal.stdout(`which is ${call.text}`);
  terminal.stdout("");
  if (values.has("no-wait")) return false;
  terminal.progress?.(
    "waiting for it on the chain; run this again to go on after Ctrl-C",
    "wallet",
  );
  await link.until("chain_subscribeNewHeads", [], async () =>
    isDone(await askFacts(link, account)) ? true : undefined,
  );
  return true;
}

/** Blocks that a transaction of before may still take. */
const PATIENCE = 20;

/** A transaction of the account that is on its way is waited for, so that nothing is sent twice. */
export async function awaitPending({link}: Desk, address: string, account: Uint8Array) {
  const isSettled = async () => {
    const next = (await link.ask("system_accountNextIndex", address)) as number;
    return (await askFacts(link, account)).account.nonce >= next;
  };
  if (await isSettled()) return;
  let seen = 0;
  await link.until("chain_subscribeNewHeads", [], async () => {
    if (await isSettled()) return true;
    seen += 1;
    if (seen <= PATIENCE) return undefined;
    throw new DeskError({
      code: "transaction-stuck",
      what: "a transaction of this account waits and comes into no block",
      facts: [["account", address]],
      did: `waited for ${PATIENCE} blocks`,
      todo: "author_removeExtrinsic drops it, or wait; then run this again",
    });
  });
}
