import {bytesToHex, equalBytes, hex} from "#base";
import type {GeneratedKeys} from "#runtime-api";
import {SUCCESS} from "../command.ts";
import {askFacts} from "../desk/collator-facts.ts";
import type {Desk} from "../desk/desk.ts";
import {MadeKeys} from "../desk/made-keys.ts";
import {whenText} from "../desk/session-forecast.ts";
import {auraKeyIn, isHeld, makeKeys} from "../desk/session-keys.ts";
import {awaitPending, settleCalls} from "../desk/settle-call.ts";
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
  if (standing.nextKeys === undefined || !equalBytes(standing.nextKeys.all, keys)) {
    const call = desk.calls.setKeys(keys, proof);
    const isThere = await settleCalls(
      desk,
      signer,
      [call],
      ({account: {nextKeys}}) => nextKeys !== undefined && equalBytes(nextKeys.all, keys),
    );
    if (!isThere) return SUCCESS;
  }
  if (!values.has("no-wait")) await awaitActive(desk, account, keys);
  made.forget();
  return SUCCESS;
}

async function justMake({link, calls, terminal}: Desk): Promise<number> {
  // Nothing is made for a chain that has no use for it.
  calls.setKeys(calls.noKeys());
  const keys = (await link.askUnsafe("author_rotateKeys")) as string;
  const call = calls.setKeys(hex(keys));
  terminal.stdout(keys);
  terminal.stdout(`in the node's keystore, and active once the chain knows: ${call.text}`);
  terminal.stdout(`as call data: ${bytesToHex(call.encoded)}`);
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
async function awaitActive(desk: Desk, account: Uint8Array, keys: Uint8Array): Promise<void> {
  const {link, ask, terminal} = desk;
  const aura = await auraKeyIn(ask, keys);
  let knownFrom: number | undefined;
  await link.until("chain_subscribeNewHeads", [], async () => {
    const facts = await askFacts(desk, account);
    const {member, session} = facts;
    if (member === undefined) {
      terminal.stdout("registered; the account authors in no session, so nothing is to wait for");
      return true;
    }
    const isSealing =
      aura !== undefined && member.auraKey !== undefined && equalBytes(member.auraKey, aura);
    if (isSealing || (knownFrom !== undefined && session.index >= knownFrom)) {
      terminal.stdout(`active since session ${session.index}; the old keys are needed no more`);
      return true;
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
