import {
  equalBytes,
  Listeners,
  type Millis,
  millis,
  type SlicesDependencies,
  type Slot,
} from "#base";
import {nextOwnSlot, slotAt, slotStart} from "#consensus";
import type {NodeCore} from "#core";
import type {AccountId, Hash} from "#primitives";
import {BlockAuthors} from "./block-authors.ts";
import type {ChainFacts} from "./chain-facts.ts";
import type {SessionFacts, SetFacts} from "./facts/index.ts";
import {headStatus} from "./head-status.ts";
import {LagHistory, slotBuckets, stepOf} from "./history/index.ts";
import type {KeyHolder} from "./key-holder.ts";
import {keyStatus} from "./key-status.ts";
import {type KickRules, kickForecast} from "./kick-forecast.ts";
import {Kicks} from "./kicks.ts";
import {authorsFrom, indexOf, isOutbid, memberOf, positionOf} from "./members.ts";
import {shareOf} from "./production.ts";
import {RewardBook} from "./rewards.ts";
import {SessionStart} from "./session-start.ts";
import {SessionTally} from "./session-tally.ts";
import {SlotNotes} from "./slot-notes.ts";
import type {SlotJournal} from "./slots/index.ts";
import {verdictOf} from "./verdict.ts";
import {VerdictSince} from "./verdict-since.ts";
import type {
  BlockReward,
  CollatorHistory,
  CollatorSetView,
  CollatorStatus,
  SlotRecord,
} from "./vocabulary.ts";

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
  readonly thread: SlicesDependencies;
  /** Hears of listeners that throw. */
  readonly onFault: (fault: unknown) => void;
}

/** Puts the facts together. */
export class CollatorDesk {
  readonly #deps: CollatorDeskDependencies;
  readonly #tally: SessionTally;
  readonly #starts: SessionStart;
  readonly #kicks: Kicks;
  readonly #authors: BlockAuthors;
  readonly #rewards: RewardBook;
  readonly #lags = new LagHistory();
  readonly #since: VerdictSince;
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
    this.#starts = new SessionStart({...dependencies, chain});
    const {slots, time} = core;
    const shown = (moment: number) => time.shown(moment);
    this.#since = new VerdictSince(core, journal);
    this.#kicks = new Kicks({...dependencies, chain, slots, shown});
    this.#authors = new BlockAuthors({...dependencies, chain});
    this.#rewards = new RewardBook({...dependencies, chain, slots, authors: this.#authors});
    // Before listeners hear of a change, so that what it noted is part of it.
    const notes = isCollator ? new SlotNotes(dependencies) : undefined;
    this.#stops = [
      () => notes?.stop(),
      chain.on("best", () => {
        this.look();
        this.#changed();
      }),
      chain.on("finalized", () => this.look()),
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
    const {time} = this.#deps.core;
    const records = this.#deps.journal.newest(limit, before && time.meant(before));
    return records.map(record => ({...record, at: time.shown(record.at)}));
  }

  /** Notes how far finality is behind, and how many peers there are; to be called now and then, for a chain may stand still. */
  look(): void {
    const {chain, time, membership} = this.#deps.core;
    const lag = chain.best().number - chain.finalized().number;
    this.#lags.note(time.shown(time.now()), lag, membership?.peers() ?? 0);
  }

  /** How it went in the last so many milliseconds, up to now. */
  history(range: number): CollatorHistory {
    const {time} = this.#deps.core;
    const to = time.shown(time.now());
    const from = to - range;
    const lag = this.#lags.after(from, to);
    const step = stepOf(range);
    const {journal} = this.#deps;
    const records = journal.since(time.meant(from));
    return {
      from,
      to,
      lag: {since: this.#lags.since, ...lag},
      slots: {
        since: journal.oldest && time.shown(journal.oldest),
        step,
        buckets: slotBuckets(
          records.map(record => ({...record, at: time.shown(record.at)})),
          step,
        ),
      },
    };
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** The same for all who ask within a moment: every head is told to each dashboard that is open. */
  status(): CollatorStatus {
    const {time} = this.#deps.core;
    const now = time.shown(time.now());
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
    const duration = core.slotDuration();
    const blocksInto = this.#count(session);
    const authorities = this.#authorities(best.hash);
    const standing = account && set && this.#standing(account, set, session);
    const at = (block: number) => time.shown(now + (block - best.number) * duration);
    const nextRotation = session?.nextRotation;
    const situation = {
      account,
      keys: account && set && keyStatus(member, balance?.nextKeys, holder),
      stoppedKeys: holder.stoppedKeys(),
      standing,
      whyNoSet: set === undefined ? facts.whyNoSet(best.hash) : undefined,
      authorities,
      production: this.#production(account, member?.isActive ?? (authorities?.held ?? 0) > 0),
      nextSlot: this.#nextSlot(now),
      authorsFrom:
        standing !== undefined && set !== undefined && isOutbid(set, standing.position)
          ? undefined
          : authorsFrom(member, balance?.nextKeys !== undefined, {session, at}),
      session: {
        index: session?.index,
        period: session?.period,
        blocksInto,
        nextRotationBlock: nextRotation,
        nextRotationAt: nextRotation === undefined ? undefined : at(nextRotation),
      },
      head: headStatus(core, facts, now),
      clock: core.clockStatus(),
      time: {at: time.shown(now), ahead: Math.round(time.ahead), rate: time.rate},
      balance: balance && {free: balance.free, reserved: balance.reserved},
    };
    const recent = this.#recent(isActiveIn(situation), authorities?.count);
    const kicked = this.#kicked(standing, account, session);
    const verdict = verdictOf({
      ...situation,
      isCollator,
      isStateOnly: core.isStateOnly,
      complaint: core.complaint(),
      recent,
      kicked,
      isOutbid: standing !== undefined && set !== undefined && isOutbid(set, standing.position),
      now: time.shown(now),
    });
    return {
      ...situation,
      verdict,
      since: this.#since.of(verdict.code, situation, {recent, kicked}),
    };
  }

  /** Of who might stand and does not. */
  #kicked(
    standing: CollatorStatus["standing"],
    account: AccountId | undefined,
    session: SessionFacts | undefined,
  ) {
    const mayBe = standing?.kind === "None" || standing?.kind === "Leaving";
    if (account === undefined || !mayBe) return undefined;
    return this.#kicks.of(account, session, this.#deps.core.chain.best());
  }

  #standing(
    account: AccountId,
    set: SetFacts,
    session: SessionFacts | undefined,
  ): NonNullable<CollatorStatus["standing"]> {
    const member = memberOf(set, account);
    const candidates = set.members.filter(({kind}) => kind === "Candidate");
    const {candidacyBond, desiredCandidates, isWhole} = set;
    const nobody = isWhole
      ? ({kind: "None", fate: "Safe", lastAuthored: 0} as const)
      : {kind: undefined, fate: undefined, lastAuthored: undefined};
    return {
      kind: member === undefined ? nobody.kind : member.kind,
      position: positionOf(candidates, account),
      deposit: member === undefined && isWhole ? 0n : member?.deposit,
      candidacyBond,
      candidates: isWhole ? candidates.length : undefined,
      desiredCandidates,
      isActive: member?.isActive ?? false,
      isQueued: member === undefined ? false : member.isQueued,
      lastAuthored:
        member === undefined
          ? nobody.lastAuthored
          : this.#authors.lastOf(account, member.lastAuthored),
      kick: kickForecast(member ?? nobody, this.#rules(set, session)),
    };
  }

  set(): CollatorSetView {
    const {core, facts, holder} = this.#deps;
    const best = core.chain.best();
    const set = facts.set(best.hash);
    const session = facts.session(best.hash);
    this.#count(session);
    const authors = facts.authors(best.hash);
    const rules = set && this.#rules(set, session);
    return {
      candidacyBond: set?.candidacyBond,
      desiredCandidates: set?.desiredCandidates,
      kickThreshold: set?.kickThreshold,
      minEligible: set?.minEligible,
      isOfCandidates: set?.isOfCandidates ?? false,
      members: set?.members.map(member => ({
        account: member.account,
        kind: member.kind,
        deposit: member.deposit,
        isActive: member.isActive,
        isQueued: member.isQueued,
        lastAuthored: this.#authors.lastOf(member.account, member.lastAuthored),
        authored: authors && this.#tally.of(indexOf(authors, member.account)),
        expected: shareOf(this.#tally.blocks, authors?.length, member.isActive).expected,
        kick: kickForecast(member, rules!),
        isOurs: holder.holdsAny(member),
      })),
      kicked: this.#kicks.recent(session, best),
    };
  }

  async rewards(account: AccountId, blocks: number): Promise<readonly BlockReward[] | undefined> {
    const {time} = this.#deps.core;
    const rewards = await this.#rewards.of(account, blocks);
    return rewards?.map(reward => ({...reward, at: time.shown(reward.at)}));
  }

  /** The last own slots, newest first, as far as they tell of how it goes now. */
  recent(): readonly SlotRecord[] {
    const status = this.status();
    return this.#recent(isActiveIn(status), status.authorities?.count);
  }

  /** None of an account that has no turns now: no new ones would come in place of those. Nor of an earlier stay in the set. */
  #recent(isActive: boolean, authors: number | undefined): readonly SlotRecord[] {
    if (!isActive || authors === undefined) return [];
    const {core, journal} = this.#deps;
    const oldest = core.time.now() - PATIENCE * RECENT * authors * core.slotDuration();
    return journal.newest(RECENT).filter(({at}) => at >= oldest);
  }

  #rules(set: SetFacts, session: SessionFacts | undefined): KickRules {
    return {
      threshold: set.kickThreshold,
      minEligible: set.minEligible,
      isOfCandidates: set.isOfCandidates,
      eligible: set.isWhole
        ? set.members.filter(({kind}) =>
            set.isOfCandidates ? kind === "Candidate" : kind !== "Leaving",
          ).length
        : undefined,
      best: this.#deps.core.chain.best().number,
      period: session?.period,
      nextRotation: session?.nextRotation,
      authors: session?.validators.length ?? 0,
    };
  }

  #authorities(block: Hash): CollatorStatus["authorities"] {
    const {facts, holder} = this.#deps;
    const keys = facts.authorities(block);
    return keys && {count: keys.length, held: keys.filter(key => holder.holdsAura(key)).length};
  }

  #nextSlot(now: number): CollatorStatus["nextSlot"] {
    const {core, facts, holder, isCollator} = this.#deps;
    if (!isCollator) return undefined;
    const duration = core.slotDuration();
    const keys = facts.authorities(core.chain.best().hash) ?? [];
    const from = (slotAt(millis(now), duration) + 1) as Slot;
    const own = nextOwnSlot(from, keys, key => holder.holdsAura(key));
    return own && {slot: own.slot, at: core.time.shown(slotStart(own.slot, duration))};
  }

  /** Turns and blocks since the session began, by the journal; the share by the chain. */
  #production(account: AccountId | undefined, isActive: boolean): CollatorStatus["production"] {
    const {chain} = this.#deps.core;
    const {beganAfter, blocks} = this.#tally;
    const authors = this.#deps.facts.authors(chain.best().hash);
    const isAmong =
      account === undefined || authors === undefined || indexOf(authors, account) >= 0;
    const share = shareOf(blocks, authors?.length, isActive && isAmong);
    if (blocks === undefined) return {turns: undefined, made: undefined, ...share};
    const records = beganAfter === undefined ? [] : this.#deps.journal.after(beganAfter);
    const turns = records.filter(({outcome}) => outcome !== "not-in-set-yet").length;
    const made = records.filter(({outcome}) => outcome === "produced" || outcome === "final");
    return {turns, made: made.length, ...share};
  }

  /** Blocks of the session up to the best one, which are counted; undefined where it is not known when it began. */
  #count(session: SessionFacts | undefined): number | undefined {
    const {core, facts} = this.#deps;
    const best = core.chain.best();
    const began = session && this.#starts.of(session, best);
    const places = facts.authors(best.hash)?.length ?? facts.authorities(best.hash)?.length;
    if (session === undefined || began === undefined || places === undefined) {
      this.#tally.update(best, undefined);
      return undefined;
    }
    const blocksInto = best.number - began;
    this.#tally.update(best, {index: session.index, blocksInto, authors: places});
    return blocksInto;
  }

  #changed(): void {
    this.#last = undefined;
    this.#listeners.tell();
  }
}

/** Whether the account has turns, or this node's keys where the chain does not say whose account they are. */
const isActiveIn = ({standing, authorities}: Pick<CollatorStatus, "standing" | "authorities">) =>
  standing?.isActive ?? (authorities?.held ?? 0) > 0;
