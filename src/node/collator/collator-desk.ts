import {bytesToBinary, equalBytes, type Millis, millis, type Slot} from "#base";
import {nextOwnSlot, slotAt, slotOf, slotStart} from "#consensus";
import type {Keystore} from "#keystore";
import type {AccountId} from "#primitives";
import type {
  BlockReward,
  CollatorBackend,
  CollatorSetView,
  CollatorStatus,
  SlotOutcome,
  SlotRecord,
} from "#rpc";
import type {CollatorMember, CollatorSet, SessionStatus} from "#runtime-api";
import type {ChainStore} from "#store";
import type {NodeCore} from "../core/assemble-core.ts";
import {SESSION_KEY_TYPES} from "../session-key-types.ts";
import type {SlotJournal} from "../slots/index.ts";
import {SlotJudge} from "../slots/index.ts";
import type {ChainFacts} from "./chain-facts.ts";
import {keyStatus} from "./key-status.ts";
import {type KickRules, kickForecast} from "./kick-forecast.ts";
import {outcomeOf} from "./outcome-of.ts";
import {expectedShare, production} from "./production.ts";
import {rewardsOf} from "./rewards.ts";
import {SessionTally} from "./session-tally.ts";
import {verdictOf} from "./verdict.ts";

/** The name under which the account is remembered, beside the chain. */
const ACCOUNT_KEPT_AS = "collator-account";
const KEY_SIZE = 32;
/** Own slots that a verdict looks back on. */
const RECENT = 10;

export interface CollatorDeskDependencies {
  readonly core: NodeCore;
  readonly facts: ChainFacts;
  readonly keystore: Keystore;
  readonly store: Pick<ChainStore, "value" | "setValue">;
  readonly journal: SlotJournal;
  readonly isCollator: boolean;
}

/** Puts the facts together, and keeps the journal of slots. */
export class CollatorDesk implements CollatorBackend {
  readonly #deps: CollatorDeskDependencies;
  readonly #tally: SessionTally;
  readonly #judge: SlotJudge;
  readonly #listeners = new Set<() => void>();
  readonly #stops: (() => void)[];
  #account: AccountId | undefined;
  /** The session of which a record says that the account is not in the set yet. */
  #waitingNoted = -1;

  constructor(dependencies: CollatorDeskDependencies) {
    this.#deps = dependencies;
    const {core, journal, keystore, store, facts} = dependencies;
    const {chain, time} = core;
    this.#account = store.value(ACCOUNT_KEPT_AS);
    this.#tally = new SessionTally({header: hash => chain.header(hash)});
    this.#judge = new SlotJudge({
      journal,
      header: hash => chain.header(hash),
      authorities: block => facts.authorities(block),
      slotDuration: core.slotDuration,
      isOurs: key => this.#isOurs(key),
      isHeld: key => keystore.has("aura", key),
      since: time.now(),
    });
    this.#stops = [
      core.onBlockMade(({slot, number, hash}) =>
        this.#note(slot, "produced", undefined, {number, hash}),
      ),
      core.onSlotMissed((slot, why) => {
        const {outcome, detail} = outcomeOf(why);
        this.#note(slot, outcome, detail);
      }),
      chain.on("finalized", block => {
        if (dependencies.isCollator) this.#judge.finalized(block);
      }),
      chain.on("best", () => {
        this.#noteWaiting();
        this.#changed();
      }),
      journal.onNote(() => this.#changed()),
    ];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  watch(account: AccountId | undefined): void {
    this.#account = account;
    this.#deps.store.setValue(ACCOUNT_KEPT_AS, account);
    this.#changed();
  }

  slots(limit: number, before?: Millis): readonly SlotRecord[] {
    return this.#deps.journal.newest(limit, before);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  status(): CollatorStatus {
    const {core, facts, journal, isCollator} = this.#deps;
    const {chain, time} = core;
    const best = chain.best();
    const set = facts.set(best.hash);
    const session = facts.session(best.hash);
    const account = this.#accountIn(set);
    const member = account && memberOf(set, account);
    const balance = account && facts.account(best.hash, account);
    const now = time.now();
    const slotDuration = core.slotDuration();
    this.#count(session);
    const recent = journal.newest(RECENT);
    const rules = this.#rules(set, session);
    const candidates = set.members.filter(({kind}) => kind === "Candidate");
    const place = account === undefined ? undefined : member;
    const isActive = place?.isActive ?? false;
    const mine = account === undefined ? -1 : indexOf(session.validators, account);
    const blocksLeft = session.nextRotation - best.number;
    const facts_ = {
      account,
      keys:
        account &&
        keyStatus(member, balance?.nextKeys, {
          isHeld: keys => this.#holds(keys),
          isAuraKeyHeld: key => this.#deps.keystore.has("aura", key),
        }),
      standing: account && {
        kind: member?.kind ?? ("None" as const),
        position: positionOf(candidates, account),
        deposit: member?.deposit ?? 0n,
        candidacyBond: set.candidacyBond,
        candidates: candidates.length,
        desiredCandidates: set.desiredCandidates,
        isActive,
        isQueued: member?.isQueued ?? false,
        lastAuthored: member?.lastAuthored ?? 0,
        kick: kickForecast(member ?? {kind: "Leaving", fate: "Safe", lastAuthored: 0}, rules),
      },
      production: this.#production(mine, session, best.number),
      nextSlot: this.#nextSlot(now),
      authorsFrom: authorsFrom(member, balance?.nextKeys !== undefined, {
        session,
        at: later => millis(now + (blocksLeft + later * session.period) * slotDuration),
      }),
      session: {
        index: session.index,
        period: session.period,
        blocksInto: session.period - blocksLeft,
        nextRotationBlock: session.nextRotation,
        nextRotationAt: millis(now + blocksLeft * slotDuration),
      },
      head: this.#head(now),
      clock: core.clockStatus(),
      balance: balance && {free: balance.free, reserved: balance.reserved},
    };
    const complaint = core.complaint();
    return {...facts_, verdict: verdictOf({...facts_, isCollator, complaint, recent, now})};
  }

  set(): CollatorSetView {
    const {core, facts} = this.#deps;
    const best = core.chain.best();
    const set = facts.set(best.hash);
    const session = facts.session(best.hash);
    this.#count(session);
    const rules = this.#rules(set, session);
    const {expected} = expectedShare(this.#tally.blocks, session.validators.length);
    const {candidacyBond, desiredCandidates, kickThreshold, minEligible} = set;
    return {
      candidacyBond,
      desiredCandidates,
      kickThreshold,
      minEligible,
      members: set.members.map(member => ({
        account: member.account,
        kind: member.kind,
        deposit: member.deposit,
        isActive: member.isActive,
        isQueued: member.isQueued,
        lastAuthored: member.lastAuthored,
        authored: this.#tally.of(indexOf(session.validators, member.account)),
        expected: member.isActive ? expected : 0,
        kick: kickForecast(member, rules),
        isOurs: this.#holdsAny(member),
      })),
    };
  }

  rewards(account: AccountId, blocks: number): readonly BlockReward[] {
    const {core, facts} = this.#deps;
    return rewardsOf(core.chain, facts, {account, blocks, slotDuration: core.slotDuration()});
  }

  #rules(set: CollatorSet, session: SessionStatus): KickRules {
    return {
      threshold: set.kickThreshold,
      minEligible: set.minEligible,
      best: this.#deps.core.chain.best().number,
      period: session.period,
      nextRotation: session.nextRotation,
    };
  }

  #head(now: number): CollatorStatus["head"] {
    const {core} = this.#deps;
    const {chain, membership, finality} = core;
    const best = chain.best();
    const slotDuration = core.slotDuration();
    const slot = slotOf(chain.header(best.hash)?.digest ?? []);
    return {
      best: best.number,
      bestHash: best.hash,
      finalized: chain.finalized().number,
      age: slot === undefined ? 0 : Math.max(0, now - slotStart(slot, slotDuration)),
      slotDuration,
      peers: membership?.peers() ?? 0,
      isSyncing: membership?.isMajorSyncing() ?? false,
      stall: finality.stall(),
    };
  }

  #nextSlot(now: number): CollatorStatus["nextSlot"] {
    const {core, facts, keystore, isCollator} = this.#deps;
    if (!isCollator) return undefined;
    const duration = core.slotDuration();
    const keys = facts.authorities(core.chain.best().hash) ?? [];
    const from = (slotAt(millis(now), duration) + 1) as Slot;
    const own = nextOwnSlot(from, keys, key => keystore.has("aura", key));
    return own && {slot: own.slot, at: slotStart(own.slot, duration)};
  }

  /** Turns and blocks since the session began, by the journal; the share by the chain. */
  #production(mine: number, session: SessionStatus, best: number): CollatorStatus["production"] {
    const {core, journal} = this.#deps;
    const into = session.period - (session.nextRotation - best);
    const began = core.time.now() - into * core.slotDuration();
    const records = journal.newest(session.period).filter(({at}) => at >= began);
    const turns = records.filter(({outcome}) => outcome !== "not-in-set-yet").length;
    const made = records.filter(({outcome}) => outcome === "produced" || outcome === "final");
    return production(turns, made.length, this.#tally.blocks, session.validators.length, mine >= 0);
  }

  #count(session: SessionStatus): void {
    const best = this.#deps.core.chain.best();
    const into = session.period - (session.nextRotation - best.number);
    const {index, validators} = session;
    this.#tally.update(best, {index, blocksInto: into, authors: validators.length});
  }

  /** Whom the node collates for: as it was told, or the owner of keys in the keystore. */
  #accountIn(set: CollatorSet): AccountId | undefined {
    return this.#account ?? set.members.find(member => this.#holdsAny(member))?.account;
  }

  #holdsAny({auraKey, queuedKeys, nextKeys}: CollatorMember): boolean {
    const isHeld = (key: Uint8Array | undefined) =>
      key !== undefined && this.#deps.keystore.has("aura", key.subarray(0, KEY_SIZE));
    return isHeld(auraKey) || isHeld(queuedKeys) || isHeld(nextKeys);
  }

  #holds(keys: Uint8Array): boolean {
    return SESSION_KEY_TYPES.every((type, i) =>
      this.#deps.keystore.has(type, keys.subarray(KEY_SIZE * i, KEY_SIZE * (i + 1))),
    );
  }

  /** Whether a slot of this key is one that this node should have authored. */
  #isOurs(key: Uint8Array): boolean {
    const {core, facts, keystore} = this.#deps;
    if (keystore.has("aura", key)) return true;
    if (this.#account === undefined) return false;
    const set = facts.set(core.chain.best().hash);
    const expected = memberOf(set, this.#account)?.auraKey;
    return expected !== undefined && equalBytes(expected, key);
  }

  #note(slot: Slot, outcome: SlotOutcome, detail?: string, block?: SlotRecord["block"]): void {
    const at = slotStart(slot, this.#deps.core.slotDuration());
    this.#deps.journal.note({slot, at, outcome, block, detail});
  }

  /** Once a session, while the account's keys are on their way into the set. */
  #noteWaiting(): void {
    const {core, facts, isCollator} = this.#deps;
    if (!isCollator) return;
    const best = core.chain.best();
    const session = facts.session(best.hash);
    if (session.index === this.#waitingNoted) return;
    this.#waitingNoted = session.index;
    const set = facts.set(best.hash);
    const account = this.#accountIn(set);
    const member = account && memberOf(set, account);
    if (member === undefined || member.isActive || member.kind === "Leaving") return;
    const slot = slotOf(core.chain.header(best.hash)?.digest ?? []);
    if (slot === undefined) return;
    const from = session.index + (member.isQueued ? 1 : 2);
    this.#note(slot, "not-in-set-yet", `authors from session ${from} on`);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

const memberOf = (set: CollatorSet, account: AccountId): CollatorMember | undefined =>
  set.members.find(member => equalBytes(member.account, account));

const indexOf = (accounts: readonly AccountId[], account: AccountId): number => {
  const name = bytesToBinary(account);
  return accounts.findIndex(each => bytesToBinary(each) === name);
};

function positionOf(candidates: readonly CollatorMember[], account: AccountId): number | undefined {
  const index = candidates.findIndex(member => equalBytes(member.account, account));
  return index < 0 ? undefined : index + 1;
}

/** When keys that are on their way come into charge. */
function authorsFrom(
  member: CollatorMember | undefined,
  hasKeys: boolean,
  {session, at}: {session: SessionStatus; at: (sessionsLater: number) => Millis},
): CollatorStatus["authorsFrom"] {
  if (member === undefined || member.isActive || member.kind === "Leaving" || !hasKeys) {
    return undefined;
  }
  const later = member.isQueued ? 0 : 1;
  return {
    session: session.index + 1 + later,
    block: session.nextRotation + later * session.period,
    at: at(later),
  };
}
