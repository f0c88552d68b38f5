import {bytesToHex} from "#base";
import {askFacts, type CollatorFacts} from "./collator-facts.ts";
import type {Desk} from "./desk.ts";
import {DeskError} from "./desk-error.ts";
import type {OperatorCall} from "./operator-calls.ts";
import {sendCall} from "./send-call.ts";
import type {Signer} from "./signer.ts";

/** A call as it was brought onto the chain; without a block where a wallet elsewhere signs it. */
export interface SettledCall {
  readonly call: string;
  /** Call data, as wallets take it. */
  readonly data: string;
  readonly block?: {readonly number: number; readonly hash: string};
}

export interface Settled {
  readonly calls: readonly SettledCall[];
  /** False where nobody waited for the wallet. */
  readonly isDone: boolean;
}

/** Where nothing was missing. */
export const NOTHING_TO_SETTLE: Settled = {calls: [], isDone: true};

/**
 * Brings calls onto the chain, as one where it can: signs and sends them, or prints them for a wallet and waits until what
 * they do is seen.
 */
export async function settleCalls(
  desk: Desk,
  {account, pair}: Signer,
  wanted: readonly OperatorCall[],
  isDone: (facts: CollatorFacts) => boolean,
): Promise<Settled> {
  const {link, terminal, values} = desk;
  const address = desk.address(account);
  const calls = desk.calls.together(wanted);
  if (calls.length > 1) {
    desk.say("calls", "sent one after the other: the chain has no Utility.batch_all");
  }
  if (pair !== undefined) {
    const sent: SettledCall[] = [];
    for (const call of calls) {
      const {block, hash} = await sendCall(desk, pair, address, call);
      desk.say("sent", `${call.text}`);
      desk.say("in block", `${block} ${hash}`);
      sent.push({...namedCall(call), block: {number: block, hash}});
    }
    return {calls: sent, isDone: true};
  }
  // As JSON there is one line at the end: it has them as well.
  const show = values.has("json") ? terminal.stderr : terminal.stdout;
  for (const {encoded, text} of calls) {
    terminal.stderr("");
    terminal.stderr(`to be signed by ${address}, as call data in its wallet:`);
    show(bytesToHex(encoded));
    terminal.stderr(`which is ${text}`);
    terminal.stderr("");
  }
  const printed = calls.map(namedCall);
  if (values.has("no-wait")) return {calls: printed, isDone: false};
  terminal.progress?.(
    "waiting for it on the chain; run this again to go on after Ctrl-C",
    "wallet",
  );
  await link.until("chain_subscribeNewHeads", [], async () =>
    isDone(await askFacts(desk, account)) ? true : undefined,
  );
  return {calls: printed, isDone: true};
}

const namedCall = ({text, encoded}: OperatorCall): SettledCall => ({
  call: text,
  data: bytesToHex(encoded),
});

/** Blocks that a transaction of before may still take. */
const PATIENCE = 20;

/** A transaction of the account that is on its way is waited for, so that nothing is sent twice. */
export async function awaitPending(desk: Desk, address: string, account: Uint8Array) {
  const {link} = desk;
  const isSettled = async () => {
    const next = (await link.ask("system_accountNextIndex", address)) as number;
    const {nonce} = (await askFacts(desk, account)).account;
    return nonce === undefined || nonce >= next;
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
