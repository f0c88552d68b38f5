import {equalBytes, type Millis, millis, type Result} from "#base";
import type {Hashing} from "#crypto";
import type {Hash} from "#primitives";
import type {
  BlockRef,
  BlocksWanted,
  PeerId,
  ReceivedBlock,
  SyncBlock,
  SyncOffence,
} from "../messages.ts";
import {Pace} from "../pace.ts";
import {readResponse} from "../read-response.ts";

const ANSWER_TIME = 22_000;
/** A peer that gave nothing of use is left alone this long: it may be filling its own history. */
const REST = 30_000;
/** Blocks of one request: what peers give at most. */
const STEP = 128;

/** Heights of which nothing is kept: above one final block and below the parent of another. */
export interface History {
  readonly above: BlockRef;
  /** The highest block missing. */
  readonly next: BlockRef;
}

/** What the caller is to do, in this order. */
export type HistoryAction =
  | {
      readonly kind: "request";
      readonly id: number;
      readonly peer: PeerId;
      readonly wanted: BlocksWanted;
    }
  /** Keep these, highest first, then say `kept`. `isSlow`: whoever gave them takes too long for so few. */
  | {readonly kind: "keep"; readonly blocks: readonly SyncBlock[]; readonly isSlow: boolean}
  | {
      readonly kind: "report";
      readonly peer: PeerId;
      readonly offence: SyncOffence;
      readonly facts: string;
    }
  /** The proved chain does not stand on ours: the voters of the chain, or our start, are not what they should be. */
  | {readonly kind: "broken"; readonly facts: string};

interface HistoryPeer {
  /** Not asked before this moment. */
  restsUntil: Millis;
  readonly pace: Pace;
}

interface HistoryTask {
  readonly id: number;
  readonly peer: PeerId;
  readonly wanted: BlocksWanted;
  readonly askedAt: Millis;
  readonly deadline: Millis;
}

/**
 * Fills the blocks that a leap went over, from the top downwards, so that each is proved by the one above it. One
 * request at a time, and none while the node has better to do: of whoever was quickest so far, and of newcomers.
 */
export class HistorySync {
  readonly #hashing: Pick<Hashing, "blockHash">;
  readonly #keepsBody: (number: number) => boolean;
  readonly #above: BlockRef;
  readonly #peers = new Map<PeerId, HistoryPeer>();
  #next: BlockRef;
  #task: HistoryTask | undefined;
  #isKeeping = false;
  #isHeld = false;
  #isOver = false;
  #actions: HistoryAction[] = [];
  #nextId = 1;

  /** `keepsBody`: whether anything but the header is kept of a block at a height; what is not is not asked for. */
  constructor(
    {above, next}: History,
    hashing: Pick<Hashing, "blockHash">,
    keepsBody: (number: number) => boolean = () => true,
  ) {
    this.#hashing = hashing;
    this.#keepsBody = keepsBody;
    this.#above = above;
    this.#next = next;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Blocks still missing. */
  get left(): number {
    return this.#next.number - this.#above.number;
  }

  get peers(): number {
    return this.#peers.size;
  }

  peerJoined(id: PeerId, now: Millis): void {
    this.#peers.set(id, {restsUntil: millis(0), pace: new Pace()});
    this.#plan(now);
  }

  peerLeft(id: PeerId, now: Millis): void {
    this.#peers.delete(id);
    if (this.#task?.peer === id) this.#task = undefined;
    this.#plan(now);
  }

  /** Held: asks nothing more for now, as something else is more urgent. */
  hold(isHeld: boolean, now: Millis): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.#plan(now);
  }

  answered(requestId: number, answer: Result<readonly ReceivedBlock[], string>, now: Millis): void {
    const task = this.#task;
    if (task?.id !== requestId) return;
    this.#task = undefined;
    const read = answer.ok ? readResponse(task.wanted, answer.value, this.#hashing) : undefined;
    if (read?.ok && read.value.length > 0) {
      const bytes = read.value.reduce((sum, {size}) => sum + size, 0);
      const isQuick = this.#peers.get(task.peer)?.pace.note(bytes, now - task.askedAt) ?? true;
      const isSlow = !isQuick && read.value.length < task.wanted.max;
      if (isSlow) this.#rest(task.peer, now);
      this.#take(read.value, isSlow);
    } else {
      this.#failed(task, now);
      if (read?.ok === false) this.#report(task.peer, "bad-response", read.error);
      else if (read === undefined)
        this.#report(task.peer, "unanswered", answer.ok ? "" : answer.error);
    }
    this.#plan(now);
  }

  /** What was to be kept is kept. */
  kept(now: Millis): void {
    this.#isKeeping = false;
    this.#plan(now);
  }

  tick(now: Millis): void {
    const task = this.#task;
    if (task !== undefined && task.deadline <= now) {
      this.#task = undefined;
      this.#failed(task, now);
      this.#report(task.peer, "unanswered", "no answer in time");
    }
    this.#plan(now);
  }

  wakeAt(now: Millis): Millis | undefined {
    if (this.#isOver || this.#isKeeping) return undefined;
    if (this.#task !== undefined) return this.#task.deadline;
    if (this.#isHeld) return undefined;
    const times = [...this.#peers.values()].map(peer => peer.restsUntil).filter(time => time > now);
    return times.length === 0 ? undefined : millis(Math.min(...times));
  }

  drain(): HistoryAction[] {
    const actions = this.#actions;
    this.#actions = [];
    return actions;
  }

  #plan(now: Millis): void {
    if (this.#isOver || this.#isHeld || this.#isKeeping || this.#task !== undefined) return;
    const free = [...this.#peers].filter(([, {restsUntil}]) => restsUntil <= now);
    const rates = free.map(([, {pace}]) => pace.rate);
    const [peer, state] = free[rates.indexOf(Math.max(...rates))] ?? [];
    if (peer === undefined || state === undefined) return;
    // The last of those that are as quick, next time.
    this.#peers.delete(peer);
    this.#peers.set(peer, state);
    const wanted = this.#wanted();
    const id = this.#nextId++;
    this.#task = {id, peer, wanted, askedAt: now, deadline: millis(now + ANSWER_TIME)};
    this.#actions.push({kind: "request", id, peer, wanted});
  }

  /** Waiting for nothing counts as slow: those that say nothing would otherwise pass for quick, and take turns. */
  #failed({peer, askedAt}: HistoryTask, now: Millis): void {
    this.#peers.get(peer)?.pace.note(0, now - askedAt);
    this.#rest(peer, now);
  }

  #rest(id: PeerId, now: Millis): void {
    const peer = this.#peers.get(id);
    if (peer !== undefined) peer.restsUntil = millis(now + REST);
  }

  #wanted(): BlocksWanted {
    const from: {readonly hash: Hash} = {hash: this.#next.hash};
    const max = Math.min(STEP, this.left);
    // The highest of them: where its body is not kept, those below are not either.
    const body = this.#keepsBody(this.#next.number);
    return {from, direction: "descending", max, body, justification: false};
  }

  #take(blocks: readonly SyncBlock[], isSlow: boolean): void {
    const {header, number} = blocks.at(-1)!;
    this.#next = {hash: header.parentHash, number: number - 1};
    this.#isOver = this.left <= 0;
    if (this.#isOver && !equalBytes(header.parentHash, this.#above.hash)) {
      this.#actions.push({kind: "broken", facts: `block ${number} does not follow from our own`});
      return;
    }
    this.#isKeeping = true;
    this.#actions.push({kind: "keep", blocks, isSlow});
  }

  #report(peer: PeerId, offence: SyncOffence, facts: string): void {
    this.#actions.push({kind: "report", peer, offence, facts});
  }
}
