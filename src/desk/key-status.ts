import {bytesToHex} from "#base";
import type {MemberFacts, SessionKeys} from "./facts/index.ts";
import type {CollatorStatus, KeyStatus, KeysHeld, StoppedKey} from "./vocabulary.ts";

export interface KeysHolder {
  /** Whether the keystore has all that one set of session keys asks for; undefined: not to be told. */
  readonly holds: (keys: SessionKeys) => boolean | undefined;
  readonly holdsAura: (key: Uint8Array) => boolean;
}

/** What the chain expects to be signed with, now and later, beside what the keystore has. */
export function keyStatus(
  member: Pick<MemberFacts, "auraKey" | "queuedKeys" | "isActive"> | undefined,
  nextKeys: SessionKeys | undefined,
  holder: KeysHolder,
): KeyStatus {
  const held = (keys: SessionKeys | undefined): KeysHeld | undefined =>
    keys && {keys: keys.all, byType: keys.byType, isHeld: holder.holds(keys)};
  const aura = member?.auraKey;
  const now = aura && {
    keys: aura,
    byType: [{keyType: "aura", publicKey: aura}],
    isHeld: holder.holdsAura(aura),
  };
  const queued = held(member?.queuedKeys);
  const next = held(nextKeys);
  return {now, queued, next, ...judge(now, queued, next, member)};
}

/**
 * Whether blocks are expected that this node cannot sign. Of an account that is in the set, or stands for it, all keys are
 * wanted. Whoever left owes the blocks of its last session and nothing after: what is registered for later never becomes
 * active, and of an account that never stood for it nobody expects anything.
 */
export function areKeysMissing({
  keys,
  standing,
}: Pick<CollatorStatus, "keys" | "standing">): boolean {
  if (keys === undefined) return false;
  if (standing?.kind === "Candidate" || standing?.kind === "Invulnerable") {
    return keys.verdict === "mismatch" || keys.verdict === "not-registered";
  }
  return keys.now?.isHeld === false || keys.queued?.isHeld === false;
}

/** What a stopped key means, in words without an end. */
export const describeStoppedKey = ({keyType, publicKey, what}: StoppedKey): string =>
  `Another node signs with this node's ${keyType} key ${bytesToHex(publicKey).slice(0, 10)}… (${what}): ` +
  "it signs nothing here any more";

function judge(
  now: KeysHeld | undefined,
  queued: KeysHeld | undefined,
  next: KeysHeld | undefined,
  member: Pick<MemberFacts, "isActive"> | undefined,
): Pick<KeyStatus, "verdict" | "sentence"> {
  const isActive = member?.isActive === true;
  if (next === undefined && now === undefined && queued === undefined && !isActive) {
    const sentence = "No session keys are registered for this account.";
    return {verdict: "not-registered", sentence};
  }
  if (now?.isHeld === false) {
    const sentence = "The active key of this session is not in this node's keystore.";
    return {verdict: "mismatch", sentence};
  }
  if (queued?.isHeld === false || next?.isHeld === false) {
    const when = queued?.isHeld === false ? "in the next session" : "two sessions from now";
    const sentence = `The keys active ${when} are not in this node's keystore.`;
    return {verdict: "mismatch", sentence};
  }
  if (now === undefined && isActive) {
    const sentence =
      "Which key is active in this session is unknown: the chain does not say whose each one is.";
    return {verdict: "unknown", sentence};
  }
  if (queued?.isHeld === undefined && next?.isHeld === undefined && now === undefined) {
    const sentence =
      "Keys are registered; whether they are in this node's keystore is unknown, since the runtime does not say of which types they are.";
    return {verdict: "unknown", sentence};
  }
  if (now === undefined) {
    const sentence =
      member === undefined
        ? "The registered keys are in this node's keystore; the account is not in the set, and they are not active."
        : "The registered keys are in this node's keystore, and not active yet.";
    return {verdict: "will-match", sentence};
  }
  return {verdict: "match", sentence: "The keys on the chain are in this node's keystore."};
}
