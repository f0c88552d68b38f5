import {bytesToHex, equalBytes, hex} from "#base";
import {SUCCESS} from "../command.ts";
import {askFacts} from "../desk/collator-facts.ts";
import type {Desk} from "../desk/desk.ts";
import {MadeKeys} from "../desk/made-keys.ts";
import {momentText} from "../desk/moments.ts";
import {orUnknown} from "../desk/or-unknown.ts";
import {isHeld} from "../desk/session-keys.ts";
import {awaitPending, settleCall} from "../desk/settle-call.ts";
import {readSigner} from "../desk/signer.ts";
import type {StatusJson} from "../desk/status-json.ts";

const KEY_SIZE = 32;

/** Makes new session keys in the node, registers them, and waits until they are active. */
export async function rotateKeys(desk: Desk): Promise<number> {
  const {link, chain, values, say, terminal} = desk;
  if (!["key-file", "suri", "account"].some(flag => values.has(flag))) {
    return justMake(desk);
  }
  const signer = await readSigner(values, terminal, desk.keyPairs);
  const {account} = signer;
  const address = desk.address(account);
  await awaitPending(desk, address, account);
  const {account: standing} = await askFacts(link, account);
  const made = new MadeKeys(chain.genesisHash, account);
  const keys = await keysOfThisRun(desk, made);
  say("account", address);
  say("keys", bytesToHex(keys));
  if (standing.nextKeys === undefined || !equalBytes(standing.nextKeys, keys)) {
    const call = desk.calls.setKeys(keys);
    const isThere = await settleCall(
      desk,
      signer,
      call,
      ({account: {nextKeys}}) => nextKeys !== undefined && equalBytes(nextKeys, keys),
    );
    if (!isThere) return SUCCESS;
  }
  if (!values.has("no-wait")) await awaitCharge(desk, account, keys);
  made.forget();
  return SUCCESS;
}

async function justMake({link, calls, terminal}: Desk): Promise<number> {
  const keys = (await link.askUnsafe("author_rotateKeys")) as string;
  const call = calls.setKeys(hex(keys));
  terminal.stdout(keys);
  terminal.stdout(`in the node's keystore, and active once the chain knows: ${call.text}`);
  terminal.stdout(`as call data: ${bytesToHex(calls.encoded(call))}`);
  return SUCCESS;
}

/** Those of a run that was interrupted, registered or not; else new ones. */
async function keysOfThisRun({link}: Desk, made: MadeKeys): Promise<Uint8Array> {
  const before = made.get();
  if (before !== undefined && (await isHeld(link, before))) return before;
  const keys = hex((await link.askUnsafe("author_rotateKeys")) as string);
  made.set(keys);
  return keys;
}

/** Until then the old keys sign, and must stay where they are. */
async function awaitCharge(desk: Desk, account: Uint8Array, keys: Uint8Array): Promise<void> {
  const {link, terminal} = desk;
  const aura = keys.subarray(0, KEY_SIZE);
  await link.until("collator_subscribeStatus", [], async item => {
    const {session, head} = item as StatusJson;
    const {member} = await askFacts(link, account);
    if (member === undefined) {
      terminal.stdout("registered; the account authors in no session, so nothing is to wait for");
      return true;
    }
    if (member.auraKey !== undefined && equalBytes(member.auraKey, aura)) {
      terminal.stdout(`active since session ${session.index}; the old keys are needed no more`);
      return true;
    }
    const isQueued = member.queuedKeys !== undefined && equalBytes(member.queuedKeys, keys);
    const later = isQueued ? 0 : 1;
    const {nextRotationBlock, nextRotationAt, period} = session;
    const further = later === 0 ? 0 : period;
    const isKnown = nextRotationBlock !== null && nextRotationAt !== null && further !== null;
    const block = isKnown ? nextRotationBlock + further : null;
    const at = isKnown ? nextRotationAt + further * head.slotDuration : null;
    const from = session.index === null ? null : session.index + 1 + later;
    terminal.progress?.(
      `queued: session ${session.index} now, active from session ${orUnknown(from)}, about ${orUnknown(at, each => momentText(each, Date.now()))} (block ${orUnknown(block)}); the old keys sign until then`,
      `rotate ${session.index}`,
    );
    return undefined;
  });
}
