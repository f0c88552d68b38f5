import {bytesToBinary, concatBytes, utf8Bytes} from "#base";
import {findCall, findItem, type StateReader, writeValue} from "#description";
import type {AccountId} from "#primitives";
import type {MemberFacts, SessionFacts, SetFacts, UnpublishedRules} from "./facts.ts";
import {fatesOf} from "./fates.ts";
import {accountsOf, amountOf, bytesOf, constantOf, countOf, fieldsOf} from "./published-values.ts";
import {readFreeBalance, readNextKeys} from "./read-account.ts";
import {readSession} from "./read-session.ts";
import {type SplitKeys, sessionKeysOf} from "./session-keys.ts";

/**
 * The set by the chain's own description: of pallet_collator_selection in any of its versions, and of who authors where
 * the chain has no such pallet. Undefined where it has no sessions.
 */
export function readSet(
  reader: StateReader,
  split: SplitKeys = () => undefined,
  unpublished?: UnpublishedRules,
): SetFacts | undefined {
  const session = readSession(reader, unpublished);
  // Of accounts alone nobody could say which of them author, nor whether their keys are registered.
  if (session === undefined) return undefined;
  const standing = readStanding(reader);
  const kickThreshold =
    countOf(constantOf(reader, "CollatorSelection.KickThreshold")) ?? unpublished?.kickThreshold;
  const published = countOf(constantOf(reader, "CollatorSelection.MinEligibleCollators"));
  const minEligible = published ?? unpublished?.minEligible;
  const isOfCandidates = published === undefined && unpublished?.isOfCandidates === true;
  const pot = readPot(reader);
  return {
    candidacyBond: amountOf(reader.read("CollatorSelection.CandidacyBond")),
    desiredCandidates: countOf(reader.read("CollatorSelection.DesiredCandidates")),
    isByDeposit: isByDeposit(reader),
    kickThreshold,
    minEligible,
    isOfCandidates,
    existentialDeposit: amountOf(constantOf(reader, "Balances.ExistentialDeposit")),
    pot,
    potBalance: pot && readFreeBalance(reader, pot),
    isWhole: standing !== undefined,
    members: readMembers(reader, session, split, {
      standing,
      kickThreshold,
      minEligible,
      isOfCandidates,
    }),
  };
}

/** Since its second version the pallet keeps candidates in the order of their deposits, lowest first. */
const isByDeposit = (reader: StateReader): boolean =>
  reader.publishes("CollatorSelection.CandidateList");

/** Whether invulnerables come one by one, and candidates among them leave the list: since the pallet's version 1. */
const isAppointing = ({description}: StateReader): boolean =>
  findCall(description, "CollatorSelection.add_invulnerable") !== undefined;

/** Named outright, or by the pallet's id (frame_support, `PalletId::into_account_truncating`). */
export function readPot(reader: StateReader): AccountId | undefined {
  const named = bytesOf(constantOf(reader, "CollatorSelection.pot_account"));
  if (named !== undefined) return named;
  const id = bytesOf(constantOf(reader, "CollatorSelection.PotId"));
  const length = accountLength(reader);
  if (id === undefined || length === undefined) return undefined;
  const account = new Uint8Array(length);
  account.set(concatBytes(utf8Bytes("modl"), id).subarray(0, length));
  return account;
}

/** Of an account's bytes, by the key of the accounts' map. */
function accountLength(reader: StateReader): number | undefined {
  let type = findItem(reader.description, "System.Account")?.keys[0];
  while (type?.def.kind === "composite" && type.def.fields.length === 1) {
    type = type.def.fields[0]!.type;
  }
  return type?.def.kind === "array" ? type.def.length : undefined;
}

interface Candidate {
  readonly who: AccountId;
  readonly deposit: bigint | undefined;
  readonly lastAuthored: number | undefined;
}

/** Who stands for collating. */
interface Standing {
  readonly invulnerables: readonly AccountId[];
  /** In the order of the chain's own list. */
  readonly candidates: readonly Candidate[];
}

/** Undefined where one of the lists is not published, or cannot be read: half of them would pass for all. */
function readStanding(reader: StateReader): Standing | undefined {
  const invulnerables = accountsOf(reader.read("CollatorSelection.Invulnerables"));
  const name = isByDeposit(reader) ? "CandidateList" : "Candidates";
  const list = reader.read(`CollatorSelection.${name}`);
  const who = Array.isArray(list) ? accountsOf(list.map(each => fieldsOf(each).who)) : undefined;
  if (invulnerables === undefined || who === undefined) return undefined;
  const candidates = who.map((each, i) => ({
    who: each,
    deposit: amountOf(fieldsOf((list as unknown[])[i]).deposit),
    lastAuthored: countOf(reader.read("CollatorSelection.LastAuthoredBlock", [each])),
  }));
  return {invulnerables, candidates};
}

function readMembers(
  reader: StateReader,
  session: SessionFacts,
  split: SplitKeys,
  rules: {
    readonly standing: Standing | undefined;
    readonly kickThreshold: number | undefined;
    readonly minEligible: number | undefined;
    readonly isOfCandidates: boolean;
  },
): readonly MemberFacts[] {
  const {validators} = session;
  const authorities = accountsOf(reader.read("Aura.Authorities"));
  const isInStep = authorities?.length === validators.length;
  const active = new Map(
    validators.map((who, i) => [bytesToBinary(who), isInStep ? authorities[i] : undefined]),
  );
  const queued = readQueuedKeys(reader);
  const member = (
    account: AccountId,
    facts: Pick<MemberFacts, "kind" | "fate" | "deposit">,
  ): MemberFacts => {
    const name = bytesToBinary(account);
    return {
      account,
      ...facts,
      lastAuthored: countOf(reader.read("CollatorSelection.LastAuthoredBlock", [account])),
      isActive: active.has(name),
      isQueued: queued?.has(name),
      auraKey: active.get(name),
      queuedKeys: sessionKeysOf(queued?.get(name), split),
      nextKeys: readNextKeys(reader, account, split),
    };
  };
  const members = new Map<string, MemberFacts>();
  const {invulnerables, candidates} = rules.standing ?? {invulnerables: [], candidates: []};
  for (const who of invulnerables) {
    members.set(bytesToBinary(who), member(who, {kind: "Invulnerable", fate: "Safe", deposit: 0n}));
  }
  const fates = fatesOf(candidates, {
    // In its first form the pallet left candidates who were appointed on the list.
    invulnerables: isAppointing(reader) ? invulnerables : [],
    threshold: rules.kickThreshold,
    minEligible: rules.minEligible,
    isOfCandidates: rules.isOfCandidates,
    nextRotation: session.nextRotation,
  });
  const judged = candidates.map(({who, deposit}, i) =>
    member(who, {kind: "Candidate", fate: fates[i], deposit}),
  );
  for (const each of isByDeposit(reader) ? judged.reverse() : judged) {
    members.set(bytesToBinary(each.account), each);
  }
  // Where nobody stands for it, those who come next are of the set as much as those who author.
  const isWhole = rules.standing !== undefined;
  const others = isWhole ? validators : [...validators, ...(session.queued ?? [])];
  for (const who of others) {
    const name = bytesToBinary(who);
    if (members.has(name)) continue;
    const facts = isWhole
      ? ({kind: "Leaving", fate: "Safe", deposit: 0n} as const)
      : {kind: undefined, fate: undefined, deposit: undefined};
    members.set(name, member(who, facts));
  }
  return [...members.values()];
}

/** Each one's keys in SCALE, which are the keys one after the other. */
function readQueuedKeys(reader: StateReader): ReadonlyMap<string, Uint8Array> | undefined {
  const list = reader.read("Session.QueuedKeys");
  const item = findItem(reader.description, "Session.QueuedKeys");
  const pair = item?.value.def.kind === "sequence" ? item.value.def.element.def : undefined;
  const type = pair?.kind === "tuple" ? pair.elements[1] : undefined;
  if (!Array.isArray(list) || type === undefined) return undefined;
  const queued = new Map<string, Uint8Array>();
  for (const [who, keys] of list) {
    const written = writeValue(type, keys);
    if (!(who instanceof Uint8Array) || !written.ok) return undefined;
    queued.set(bytesToBinary(who), written.value);
  }
  return queued;
}
