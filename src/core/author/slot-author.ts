import {
  type Clock,
  type Logger,
  type Millis,
  millis,
  ok,
  type Result,
  type Slot,
  slot,
} from "#base";
import {slotAt, slotStart} from "#consensus";
import type {BlocksUnderWay} from "../chain/blocks-under-way.ts";
import type {BlockMaker, Claim, MadeBlock} from "./block-maker.ts";
import type {BuildingTime} from "./building-time.ts";
import {type Complaint, Complaints} from "./complaints.ts";
import type {NotNow} from "./conditions.ts";
import type {AuthoringFailure} from "./failures.ts";

export interface SlotAuthorDependencies {
  readonly maker: BlockMaker;
  /** What the last blocks took. */
  readonly buildingTime: BuildingTime;
  /** Blocks of others that are to come. */
  readonly underWay?: BlocksUnderWay;
  /** Of the chain: slots go by it, and it may be set. */
  readonly clock: Pick<Clock, "now">;
  /** Milliseconds of the chain's time in a real one; 1 if not said. */
  readonly rate?: number;
  /** For the waits. */
  readonly steady: Clock;
  /** How often the clock was moved on purpose. The slots between were nobody's to use. */
  readonly moves?: () => number;
  readonly logger: Logger;
  /** Asked before each own slot: whether a block is of use now. */
  readonly mayAuthor?: (claim: {
    slot: Slot;
    authority: Uint8Array;
    authorities: number;
  }) => Result<void, NotNow>;
  readonly onMade: (block: MadeBlock) => void;
  /** Called for an own slot in which no block was made, and why. */
  readonly onMissed?: (
    slot: Slot,
    why: AuthoringFailure | NotNow | {code: "not-running"},
    begins: Millis,
  ) => void;
  /** Called with a failure that is a bug: authoring has ended. */
  readonly onFatal: (error: unknown) => void;
}

/** Share of an own slot that a block of an earlier one is waited for: beside it ours would be a fork, after it a shorter block. */
const AWAITED_SHARE = 1 / 2;
interface Attempt {
  /** The slot in whose middle we started. */
  readonly isFirst: boolean;
  /** A block of it was begun on what is no part of the chain any more. */
  readonly isAgain: boolean;
}

/** Of how many authors it is one. */
type OwnClaim = Claim & {readonly authorities: number};

/** Slots gone by that are looked at one by one for ours among them: each costs a question to the runtime. */
const PASSED_LOOKED_AT = 64;
/** Longest wait, in milliseconds, before the clock is looked at again: it may have been set meanwhile. */
const LOOK_AGAIN = 1_000;
/** Without an answer from the runtime, try again after this long. */
const RETRY = 1_000;

/**
 * Authors by slots of real time: at the start of each slot it looks whose it is, since a new session may have changed
 * that, and makes a block if it is ours. The very first slot may be taken in its middle, so that a start is not a
 * wait.
 */
export class SlotAuthor {
  readonly #deps: SlotAuthorDependencies;
  readonly #complaints: Complaints;
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;

  constructor(dependencies: SlotAuthorDependencies) {
    this.#deps = dependencies;
    this.#complaints = new Complaints(dependencies.logger);
  }

  /** Why it makes no blocks at present, if it does not. */
  get complaint(): Complaint | undefined {
    return this.#complaints.current;
  }

  start(): void {
    this.#running = this.#run().catch((error: unknown) => {
      if (!this.#abort.signal.aborted) this.#deps.onFatal(error);
    });
  }

  async stop(): Promise<void> {
    this.#abort.abort(new Error("stopping"));
    await this.#running;
  }

  async #run(): Promise<void> {
    const {clock, moves = () => 0} = this.#deps;
    const {signal} = this.#abort;
    let duration = await this.#slotDuration();
    let next = slotAt(clock.now(), duration);
    let isFirst = true;
    while (!signal.aborted) {
      const before = moves();
      const isReached = await this.#reach(next, duration);
      const current = await this.#slotDuration();
      if (!isReached || current !== duration) {
        // The clock was set back by more than a slot, or the runtime changed the length of slots: from here on they count anew.
        duration = current;
        next = slot(slotAt(clock.now(), duration) + 1);
        continue;
      }
      if (moves() === before) await this.#visit(next, duration, isFirst);
      const wasFirst = isFirst;
      isFirst = false;
      const now = slotAt(clock.now(), duration);
      const wasMoved = moves() !== before;
      // What the start took, where slots are short, nobody could have used.
      if (!wasMoved && !wasFirst) this.#passed(next + 1, now, duration);
      // After a move we are in the middle of a slot, which a block may have been made for.
      next = slot(Math.max(next + 1, wasMoved ? now + 1 : now));
    }
  }

  /**
   * Waits for the next slot to begin; false where it will not: the clock was set back, and that would take longer than a slot,
   * or slots are no longer that long.
   */
  async #reach(next: Slot, duration: number): Promise<boolean> {
    const {clock, rate = 1, steady, maker} = this.#deps;
    for (;;) {
      const left = slotStart(next, duration) - clock.now();
      if (left <= 0) return true;
      const current = maker.slotDuration();
      if (left > duration || (current.ok && current.value !== duration)) return false;
      await steady.until(
        millis(steady.now() + Math.min(left / rate, LOOK_AGAIN)),
        this.#abort.signal,
      );
    }
  }

  async #slotDuration(): Promise<number> {
    const {maker, steady} = this.#deps;
    for (;;) {
      const duration = maker.slotDuration();
      if (duration.ok) return duration.value;
      this.#complaints.failed(duration.error);
      await steady.until(millis(steady.now() + RETRY), this.#abort.signal);
    }
  }

  async #visit(at: Slot, duration: number, isFirst: boolean): Promise<void> {
    await this.#awaitEarlier(at, duration);
    await this.#deps.maker.inTurn(() => this.#use(at, duration, {isFirst, isAgain: false}));
  }

  /** Makes the block of a slot, if it is ours and a block is of use. */
  async #use(at: Slot, duration: number, attempt: Attempt): Promise<void> {
    const {maker, mayAuthor = () => ok(), onMissed} = this.#deps;
    const claim = maker.claimSlot(at);
    if (!claim.ok) {
      const {error} = claim;
      if (error.code === "slot-lost") this.#lost(error, duration);
      else this.#complaints.failed(error);
      const isOurs = error.code !== "not-our-slot" && error.code !== "no-own-slot";
      if (isOurs) onMissed?.(at, error, slotStart(at, duration));
      return;
    }
    const allowed = mayAuthor(claim.value);
    if (!allowed.ok) {
      this.#complaints.notNow(allowed.error);
      onMissed?.(at, allowed.error, slotStart(at, duration));
      return;
    }
    await this.#author(claim.value, duration, attempt);
  }

  /** A block stands where a slot was to be. That is nothing to complain of, unless it lies ahead of the clock. */
  #lost({parentSlot, parentBegan}: AuthoringFailure & {code: "slot-lost"}, duration: number): void {
    const now = this.#deps.clock.now();
    const reachedIn = slotStart(parentSlot, duration) - now;
    if (parentBegan - now > duration) this.#complaints.clockBehind(parentBegan - now);
    else if (reachedIn > duration) this.#complaints.slotsLonger(reachedIn);
  }

  /** Waits for a block of an earlier slot that was announced and is not here yet, and no longer than for half of this slot. */
  async #awaitEarlier(at: Slot, duration: number): Promise<void> {
    const {underWay, clock, rate = 1, steady} = this.#deps;
    if (underWay === undefined || !underWay.isAwaited(at)) return;
    const left = slotStart(at, duration) + duration * AWAITED_SHARE - clock.now();
    const deadline = millis(steady.now() + Math.max(0, left / rate));
    while (underWay.isAwaited(at)) {
      const over = new AbortController();
      const signal = AbortSignal.any([this.#abort.signal, over.signal]);
      const isTimeOver = await Promise.race([
        underWay.changed().then(() => false),
        // Rejects when it is no longer waited for, or the author stops.
        steady.until(deadline, signal).then(
          () => true,
          () => true,
        ),
      ]);
      over.abort(new Error("no longer waited for"));
      this.#abort.signal.throwIfAborted();
      if (isTimeOver) return underWay.giveUp(at);
    }
  }

  /** Makes the block of a claimed slot; `isFirst`: the one in whose middle we started. */
  async #author(claim: OwnClaim, duration: number, {isFirst, isAgain}: Attempt): Promise<void> {
    const {maker, clock, rate = 1, steady, onMade, onMissed, buildingTime} = this.#deps;
    const begin = slotStart(claim.slot, duration);
    const now = clock.now();
    // Spans of real time from here on: the clock may be set while the block is built.
    const length = duration / rate;
    const late = (now - begin) / rate;
    const plan = buildingTime.plan({slot: length, late, isAlone: claim.authorities === 1});
    if (isFirst ? late >= length : plan.isTooLate) {
      if (!isFirst) this.#missed(claim.slot, duration);
      return;
    }
    const began = steady.now();
    let transactions = 0;
    let building = 0;
    const made = await maker.make(claim, {
      timestamp: now as Millis,
      hasTime() {
        building = steady.now() - began;
        return plan.hasTime(building, transactions++);
      },
    });
    if (made.ok) {
      const finishing = steady.now() - began - building;
      buildingTime.made({slot: length, building, finishing});
      this.#complaints.over();
      onMade(made.value);
      return;
    }
    const isParentGone = made.error.code === "proposal-failed" && made.error.isParentGone === true;
    if (isParentGone && !isAgain) {
      // What is left of the slot is for a block on what the chain goes on from.
      return this.#use(claim.slot, duration, {isFirst, isAgain: true});
    }
    this.#complaints.failed(made.error);
    onMissed?.(claim.slot, made.error, begin);
  }

  /** Slots that went by, `end` not among them. After a long sleep, or a clock set right, only the first are looked at. */
  #passed(begin: number, end: number, duration: number): void {
    const looked = Math.min(end, begin + PASSED_LOOKED_AT);
    for (let passed = begin; passed < looked; passed++) this.#missed(slot(passed), duration);
    if (looked >= end) return;
    const slots = {from: looked, to: end - 1};
    this.#deps.logger.log(
      "warn",
      "aura",
      "this process was busy or asleep during many slots",
      slots,
    );
  }

  /** A slot went by while this process was busy or asleep. */
  #missed(at: Slot, duration: number): void {
    const {maker, rate = 1, onMissed} = this.#deps;
    const claim = maker.claimSlot(at);
    if (!claim.ok) return;
    this.#complaints.missed(at, {rate});
    onMissed?.(at, {code: "not-running"}, slotStart(at, duration));
  }
}
