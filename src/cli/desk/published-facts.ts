import {equalBytes} from "#base";
import {findItem, readConstant, type StateReader, writeValue} from "#description";
import type {AccountFacts, MemberFacts, SessionFacts, SetFacts} from "./collator-facts.ts";

/**
 * A chain's session, set and account by the names that it publishes: pallet_session, pallet_aura and
 * pallet_collator_selection. What it does not publish is undefined, as how long a session lasts mostly is.
 */
export function readFacts(
  reader: StateReader,
  account: Uint8Array,
): {session: SessionFacts | undefined; set: SetFacts; account: AccountFacts} {
  const session = readSession(reader);
  const set = readSet(reader, session, account);
  const {nonce, data} = fieldsOf(reader.read("System.Account", [account]));
  const {free, reserved} = fieldsOf(data);
  return {
    session,
    set,
    account: {
      free: amountOf(free),
      reserved: amountOf(reserved),
      nonce: countOf(nonce),
      nextKeys: bytesUnder(reader, "Session.NextKeys", account),
    },
  };
}

/** Undefined where the chain publishes no sessions, as chains of Aura alone do. */
export function readSession(reader: StateReader): SessionFacts | undefined {
  const index = countOf(reader.read("Session.CurrentIndex"));
  const validators = accountsOf(reader.read("Session.Validators"));
  if (index === undefined || validators === undefined) return undefined;
  const queued = listOf(reader.read("Session.QueuedKeys"))?.map(pair => listOf(pair)?.[0]);
  return {
    index,
    validators,
    queued: accountsOf(queued),
    period: undefined,
    nextRotation: undefined,
  };
}

function readSet(
  reader: StateReader,
  session: SessionFacts | undefined,
  account: Uint8Array,
): SetFacts {
  const isByDeposit = reader.publishes("CollatorSelection.CandidateList");
  const list = isByDeposit ? "CollatorSelection.CandidateList" : "CollatorSelection.Candidates";
  const candidates = (listOf(reader.read(list)) ?? []).flatMap(entry => {
    const {who, deposit} = fieldsOf(entry);
    return who instanceof Uint8Array ? [{who, deposit: amountOf(deposit)}] : [];
  });
  const invulnerables = accountsOf(reader.read("CollatorSelection.Invulnerables")) ?? [];
  const isAmong = (all: readonly Uint8Array[], who: Uint8Array) =>
    all.some(each => equalBytes(each, who));
  const {validators = [], queued} = session ?? {};
  const member = (
    who: Uint8Array,
    kind: MemberFacts["kind"],
    deposit: bigint | undefined = 0n,
  ): MemberFacts => ({
    account: who,
    kind,
    deposit,
    fate: undefined,
    isActive: isAmong(validators, who),
    isQueued: queued && isAmong(queued, who),
    // Of nobody else does anybody here want to know as much.
    ...(equalBytes(who, account) ? readKeys(reader, session, who) : NO_KEYS),
  });
  const standing = candidates
    .filter(({who}) => !isAmong(invulnerables, who))
    .map(({who, deposit}) => member(who, "Candidate", deposit));
  const members = [...invulnerables.map(who => member(who, "Invulnerable")), ...standing];
  const left = [...validators, ...(queued ?? [])].filter(
    (who, i, all) =>
      !members.some(each => equalBytes(each.account, who)) &&
      all.findIndex(each => equalBytes(each, who)) === i,
  );
  return {
    candidacyBond: amountOf(reader.read("CollatorSelection.CandidacyBond")),
    desiredCandidates: countOf(reader.read("CollatorSelection.DesiredCandidates")),
    isByDeposit,
    minEligible: countOf(constantOf(reader, "CollatorSelection.MinEligibleCollators")),
    existentialDeposit: amountOf(constantOf(reader, "Balances.ExistentialDeposit")),
    members: [...members, ...left.map(who => member(who, "Leaving"))],
  };
}

type OwnFacts = Pick<MemberFacts, "lastAuthored" | "auraKey" | "queuedKeys">;

const NO_KEYS: OwnFacts = {lastAuthored: undefined, auraKey: undefined, queuedKeys: undefined};

function readKeys(
  reader: StateReader,
  session: SessionFacts | undefined,
  who: Uint8Array,
): OwnFacts {
  const authorities = accountsOf(reader.read("Aura.Authorities"));
  const place = session?.validators.findIndex(each => equalBytes(each, who)) ?? -1;
  // Pallet Session hands its set to Aura in order; where the lengths differ nobody knows whose key is whose.
  const isAlike = authorities?.length === session?.validators.length;
  return {
    lastAuthored: countOf(reader.read("CollatorSelection.LastAuthoredBlock", [who])),
    auraKey: isAlike ? authorities?.[place] : undefined,
    queuedKeys: readQueuedKeys(reader, who),
  };
}

function readQueuedKeys(reader: StateReader, who: Uint8Array): Uint8Array | undefined {
  const queued = listOf(reader.read("Session.QueuedKeys")) ?? [];
  const own = queued.map(listOf).find(pair => {
    const account = pair?.[0];
    return account instanceof Uint8Array && equalBytes(account, who);
  });
  return own && keysInBytes(reader, own[1]);
}

function bytesUnder(reader: StateReader, name: string, who: Uint8Array): Uint8Array | undefined {
  const value = reader.read(name, [who]);
  return value === undefined ? undefined : keysInBytes(reader, value);
}

/** Session keys one after the other, as they were registered. */
function keysInBytes(reader: StateReader, keys: unknown): Uint8Array | undefined {
  const item = findItem(reader.description, "Session.NextKeys");
  const written = item && writeValue(item.value, keys);
  return written?.ok ? written.value : undefined;
}

/** Numbers of whichever width the runtime gives them. */
function countOf(value: unknown): number | undefined {
  const count = typeof value === "bigint" ? Number(value) : value;
  return typeof count === "number" && Number.isSafeInteger(count) ? count : undefined;
}

function amountOf(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  return typeof value === "number" ? BigInt(value) : undefined;
}

const listOf = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;

const accountsOf = (value: unknown): readonly Uint8Array[] | undefined =>
  listOf(value)?.every(each => each instanceof Uint8Array)
    ? (value as readonly Uint8Array[])
    : undefined;

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

function constantOf({description}: StateReader, name: string): unknown {
  const read = readConstant(description, name);
  return read.ok ? read.value : undefined;
}
