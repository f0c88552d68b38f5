import {bytesToHex, equalBytes, hex} from "#base";
import type {GeneratedKeys} from "#runtime-api";
import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {askFacts} from "../desk/collator-facts.ts";
import type {Desk} from "../desk/desk.ts";
import {MadeKeys} from "../desk/made-keys.ts";
import {whenText} from "../desk/session-forecast.ts";
import {auraKeyIn, isHeld, makeKeys} from "../desk/session-keys.ts";
import {awaitPending, NOTHING_TO_SETTLE, settleCalls} from "../desk/settle-call.ts";
import {readSigner} from "../desk/signer.ts";

/** Makes new session keys in the node, registers them, and waits until they are active. */
export async function rotateKeys(desk: Desk): Promise<number> {
  const {chain, values, say, terminal} = desk;
  if (!["key-file", "suri", "account"].some(flag => values.has(flag))) {
    return justMake(desk);
  }
  const signer = await readSigner(values, terminal, desk.keyPairs);
  const {account} = signer;
  const address = desk.address(account);
  await awaitPending(desk, address, account);
  const {account: standing} = await askFacts(desk, account);
  const made = new MadeKeys(chain.genesisHash, account);
  const {keys, proof} = await keysOfThisRun(desk, account, made);
  say("account", address);
  say("keys", bytesToHex(keys));
  let settled = NOTHING_TO_SETTLE;
  if (standing.nextKeys === undefined || !equalBytes(standing.nextKeys.all, keys)) {
    const call = desk.calls.setKeys(keys, proof);
    settled = await settleCalls(
      desk,
      signer,
      [call],
      ({account: {nextKeys}}) => nextKeys !== undefined && equalBytes(nextKeys.all, keys),
    );
  }
  const {calls, isDone: isRegistered} = settled;
  const active =
    values.has("no-wait") || !isRegistered ? undefined : await awaitActive(desk, account, keys);
  if (isRegistered) made.forget();
  const facts = {
    account: address,
    keys: bytesToHex(keys),
    calls,
    isRegistered,
    activeSince: active?.since ?? null,
  };
  answer(terminal, values, facts, active === undefined ? [] : [active.text]);
  return SUCCESS;
}

/** What came of waiting: the session in which the keys are in use; undefined where the account authors in none. */
interface Active {
  readonly since: number | undefined;
  readonly text: string;
}

async function justMake({link, calls, terminal, values}: Desk): Promise<number> {
  // Nothing is made for a chain that has no use for it.
  calls.setKeys(calls.noKeys());
  const keys = (await link.askUnsafe("author_rotateKeys")) as string;
  const call = calls.setKeys(hex(keys));
  const data = bytesToHex(call.encoded);
  const facts = {
    account: null,
    keys,
    calls: [{call: call.text, data}],
    isRegistered: false,
    activeSince: null,
  };
  answer(terminal, values, facts, [keys]);
  terminal.stderr(`in the node's keystore, and active once the chain knows: ${call.text}`);
  terminal.stderr(`as call data: ${data}`);
  return SUCCESS;
}

/** Those of a run that was interrupted, registered or not; else new ones. */
async function keysOfThisRun(
  {link}: Desk,
  account: Uint8Array,
  made: MadeKeys,
): Promise<GeneratedKeys> {
  const before = made.get();
  if (before !== undefined && (await isHeld(link, before.keys))) return before;
  const now = await makeKeys(link, account);
  made.set(now);
  return now;
}

/** Until then the old keys sign, and must stay where they are. */
async function awaitActive(desk: Desk, account: Uint8Array, keys: Uint8Array): Promise<Active> {
  const {link, ask, terminal} = desk;
  const aura = await auraKeyIn(ask, keys);
  let knownFrom: number | undefined;
  return link.until<Active>("chain_subscribeNewHeads", [], async () => {
    const facts = await askFacts(desk, account);
    const {member, session} = facts;
    if (member === undefined) {
      const text = "registered; the account authors in no session, so nothing is to wait for";
      return {since: undefined, text};
    }
    const isSealing =
      aura !== undefined && member.auraKey !== undefined && equalBytes(member.auraKey, aura);
    if (isSealing || (knownFrom !== undefined && session.index >= knownFrom)) {
      const text = `active since session ${session.index}; the old keys are needed no more`;
      return {since: session.index, text};
    }
    const isQueued = member.queuedKeys !== undefined && equalBytes(member.queuedKeys.all, keys);
    const ahead = isQueued ? 1 : 2;
    const from = session.index + ahead;
    // Where the chain does not say who seals with what, a queued set is in use with the next session.
    if (isQueued && (aura === undefined || member.auraKey === undefined)) knownFrom ??= from;
    terminal.progress?.(
      `queued: session ${session.index} now, active from session ${from}${whenText(facts, ahead, Date.now())}; the old keys sign until then`,
      `rotate ${session.index}`,
    );
    return undefined;
  });
}
