import {equalBytes, Listeners, type Millis, millis, type Slot} from "#base";
import {nextOwnSlot, slotAt, slotOf, slotStart} from "#consensus";
import type {NodeCore} from "#core";
import type {AccountId} from "#primitives";
import type {CollatorSet, SessionStatus} from "#runtime-api";
import {BlockAuthors} from "./block-authors.ts";
import type {ChainFacts} from "./chain-facts.ts";
import type {KeyHolder} from "./key-holder.ts";
import {keyStatus} from "./key-status.ts";
import {type KickRules, kickForecast} from "./kick-forecast.ts";
import {authorsFrom, indexOf, memberOf, positionOf} from "./members.ts";
import {expectedShare, production} from "./production.ts";
import {RewardBook} from "./rewards.ts";
import {SessionTally} from "./session-tally.ts";
import {SlotNotes} from "./slot-notes.ts";
import type {SlotJournal} from "./slots/index.ts";
import type {Thread} from "./time-slices.ts";
import {verdictOf} from "./verdict.ts";
import type {BlockReward, CollatorSetView, CollatorStatus, SlotRecord} from "./vocabulary.ts";

/** Milliseconds for which an answer is good. */
const FRESH = 100;
/** Own slots that a verdict looks back on. */
const RECENT = 10;
/** Times as long as so many turns take: those that went by longer ago are of an earlier stay in the set. */
const PATIENCE = 2;

export interface CollatorDeskDependencies {
  readonly core: NodeCore;
  readonly facts: ChainFacts;
  readonly holder: KeyHolder;
  readonly journal: SlotJournal;
  readonly isCollator: boolean;
  /** Where work is done beside that of blocks. */
  readonly thread: Thread;
  /** Hears of listeners that throw. */
  readonly onFault: (fault: unknown) => void;
}

/** Puts the facts together. */
export class CollatorDesk {
  readonly #deps: CollatorDeskDependencies;
  readonly #tally: SessionTally;
  readonly #authors: BlockAuthors;
  readonly #rewards: RewardBook;
  readonly #listeners: Listeners<[]>;
  readonly #stops: (() => void)[];
  #last:
    | {readonly at: number; readonly best: Uint8Array; readonly status: CollatorStatus}
    | undefined;

  constructor(dependencies: CollatorDeskDependencies) {
    this.#deps = dependencies;
    this.#listeners = new Listeners(dependencies.onFault);
    const {core, journal, isCollator} = dependencies;
    const {chain} = core;
    this.#tally = new SessionTally({header: hash => chain.header(hash)});
    const {slotDuration} = core;
    this.#authors = new BlockAuthors({...dependencies, chain});
    this.#rewards = new RewardBook({...dependencies, chain, slotDuration, authors: this.#authors});
    // Before listeners hear of a change, so that what it noted is part of it.
    const notes = isCollator ? new SlotNotes(dependencies) : undefined;
    this.#stops = [
      () => notes?.stop(),
      chain.on("best", () => this.#changed()),
      journal.onNote(() => this.#changed()),
    ];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  watch(account: AccountId | undefined): void {
    this.#deps.holder.watch(account);
    this.#changed();
  }

  slots(limit: number, before?: Millis): readonly SlotRecord[] {
    return this.#deps.journal.newest(limit, before);
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** The same for all who ask within a moment: every head is told to each dashboard that is open. */
  status(): CollatorStatus {
    const now = this.#deps.core.time.now();
    const {hash} = this.#deps.core.chain.best();
    const last = this.#last;
    const isFresh = last !== undefined && now - last.at < FRESH && equalBytes(last.best, hash);
    if (isFresh) return last.status;
    const status = this.#status();
    this.#last = {at: now, best: hash, status};
    return status;
  }

  #status(): CollatorStatus {
    const {core, facts, holder, isCollator} = this.#deps;
    const {chain, time} = core;
    const best = chain.best();
    const set = facts.set(best.hash);
    const session = facts.session(best.hash);
    const account = holder.accountIn(set);
    const member = account && memberOf(set, account);
    const balance = account && facts.account(best.hash, account);
    const now = time.now();
    const slotDuration = core.slotDuration();
    this.#count(session);
    const rules = this.#rules(set, session);
    const candidates = set.members.filter(({kind}) => kind === "Candidate");
    const place = account === undefined ? undefined : member;
    const isActive = place?.isActive ?? false;
    const mine = account === undefined ? -1 : indexOf(session.validators, account);
    const blocksLeft = session.nextRotation - best.number;
    const situation = {
      account,
      keys:
        account &&
        keyStatus(member, balance?.nextKeys, {
          isHeld: keys => holder.holds(keys),
          isAuraKeyHeld: key => holder.holdsAura(key),
        }),
      stoppedKeys: holder.stoppedKeys(),
      standing: account && {
        kind: member?.kind ?? ("None" as const),
        position: positionOf(candidates, account),
        deposit: member?.deposit ?? 0n,
        candidacyBond: set.candidacyBond,
        candidates: candidates.length,
        desiredCandidates: set.desiredCandidates,
        isActive,
        isQueued: member?.isQueued ?? false,
        lastAuthored:
          member === undefined ? 0 : this.#authors.lastOf(member.account, member.lastAuthored),
        kick: kickForecast(member ?? {kind: "Leaving", fate: "Safe", lastAuthored: 0}, rules),
      },
      production: this.#production(mine, session),
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
    const recent = this.#recent(isActive, session.validators.length);
    return {...situation, verdict: verdictOf({...situation, isCollator, complaint, recent, now})};
  }

  set(): CollatorSetView {
    const {core, facts, holder} = this.#deps;
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
        lastAuthored: this.#authors.lastOf(member.account, member.lastAuthored),
        authored: this.#tally.of(indexOf(session.validators, member.account)),
        expected: member.isActive ? expected : 0,
        kick: kickForecast(member, rules),
        isOurs: holder.holdsAny(member),
      })),
    };
  }

  rewards(account: AccountId, blocks: number): Promise<readonly BlockReward[]> {
    return this.#rewards.of(account, blocks);
  }

  /** The last own slots, newest first, as far as they tell of how it goes now. */
  recent(): readonly SlotRecord[] {
    const isActive = this.status().standing?.isActive ?? false;
    const {hash} = this.#deps.core.chain.best();
    return this.#recent(isActive, this.#deps.facts.session(hash).validators.length);
  }

  /** None of an account that has no turns now: no new ones would come in place of those. Nor of an earlier stay in the set. */
  #recent(isActive: boolean, authors: number): readonly SlotRecord[] {
    if (!isActive) return [];
    const {core, journal} = this.#deps;
    const oldest = core.time.now() - PATIENCE * RECENT * authors * core.slotDuration();
    return journal.newest(RECENT).filter(({at}) => at >= oldest);
  }

  #rules(set: CollatorSet, session: SessionStatus): KickRules {
    return {
      threshold: set.kickThreshold,
      minEligible: set.minEligible,
      best: this.#deps.core.chain.best().number,
      period: session.period,
      nextRotation: session.nextRotation,
      authors: session.validators.length,
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
    const {core, facts, holder, isCollator} = this.#deps;
    if (!isCollator) return undefined;
    const duration = core.slotDuration();
    const keys = facts.authorities(core.chain.best().hash) ?? [];
    const from = (slotAt(millis(now), duration) + 1) as Slot;
    const own = nextOwnSlot(from, keys, key => holder.holdsAura(key));
    return own && {slot: own.slot, at: slotStart(own.slot, duration)};
  }

  /** Turns and blocks since the session began, by the journal; the share by the chain. */
  #production(mine: number, session: SessionStatus): CollatorStatus["production"] {
    const {beganAfter, blocks} = this.#tally;
    const records = beganAfter === undefined ? [] : this.#deps.journal.after(beganAfter);
    const turns = records.filter(({outcome}) => outcome !== "not-in-set-yet").length;
    const made = records.filter(({outcome}) => outcome === "produced" || outcome === "final");
    return production(turns, made.length, blocks, session.validators.length, mine >= 0);
  }

  #count(session: SessionStatus): void {
    const best = this.#deps.core.chain.best();
    const into = session.period - (session.nextRotation - best.number);
    const {index, validators} = session;
    this.#tally.update(best, {index, blocksInto: into, authors: validators.length});
  }

  #changed(): void {
    this.#last = undefined;
    this.#listeners.tell();
  }
}
