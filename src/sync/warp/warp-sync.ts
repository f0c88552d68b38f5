import {err, type Millis, millis, ok, type Result} from "#base";
import type {Hash} from "#primitives";
import type {PeerId, SyncBlock} from "../messages.ts";
import {LEAST_RATE} from "../pace.ts";
import {Rate, type SyncProgress} from "../progress.ts";
import {readResponse} from "../read-response.ts";
import type {WarpAction, WarpAnswer, WarpStart, WarpWanted} from "./messages.ts";
import {StateDownload} from "./state-download.ts";
import {type WarpPeer, WarpPeers} from "./warp-peers.ts";
import {type WarpStage, warpProgress} from "./warp-progress.ts";
import {type WarpCrypto, WarpRoute} from "./warp-route.ts";

/** How long each kind of request may take: two seconds more than the protocol itself (spec/network §1.5). */
const ANSWER_TIME: Readonly<Record<WarpWanted["kind"], number>> = {
  proof: 12_000,
  block: 22_000,
  state: 42_000,
};
/** A shorter way than this is gone block by block: smoldot's number. */
const SHORTEST = 32;
/** After the first peer others have this long to come, so that not the first one alone says how far the chain is. */
const SETTLE = 2_000;
/** With so many there is no need to wait for more. */
const PEERS_ENOUGH = 3;
/** Others that claim far more than was proved are asked for the rest, so many at most. */
const FURTHER_ASKS = 2;
/** A peer that is asked for the first time begins to prove within this time, or another one is asked in between. */
const FIRST_ANSWER = 4_000;
/** So long at most it is looked for somebody who proves anything at all: nobody authors meanwhile. */
const PROOF_PATIENCE = 30_000;
/** While others give, so many strangers are tried in vain: one may be quicker, and one may say nothing. */
const VAIN_TRIALS = 2;
/** Nothing has come for this long: from the proof on again, towards a newer block. */
const STALL = 120_000;
/** Stalls after which the chain is fetched block by block. */
const MAX_STALLS = 3;
/** After this long less than a peer is to give for itself must not keep the node from its slots any longer. */
const PATIENCE = 600_000;

/**
 * Warp sync as a state machine: from a block that is known to be final, by the proofs of all changes of voters, to the
 * newest final block of the chain; then that block; then its state, each piece proved. One request at a time: whoever
 * stalls or lies is left, and another peer takes over from where it is.
 */
export class WarpSync {
  readonly #crypto: WarpCrypto;
  readonly #start: WarpStart;
  readonly #route: WarpRoute;
  readonly #peers = new WarpPeers();
  readonly #rate = new Rate();
  #stage: WarpStage = "proof";
  #task:
    | {
        readonly id: number;
        readonly peer: WarpPeer;
        readonly wanted: WarpWanted;
        readonly askedAt: Millis;
        readonly deadline: Millis;
      }
    | undefined;
  #block: SyncBlock | undefined;
  #state: StateDownload | undefined;
  #settledAt: Millis | undefined;
  #movedAt = millis(0);
  /** Since when there has been somebody to ask, and what came of it in bytes. */
  #since = millis(0);
  #received = 0;
  #stalls = 0;
  #everFinished = false;
  #furtherAsks = 0;
  #vainTrials = 0;
  #actions: WarpAction[] = [];
  #nextId = 1;

  constructor(start: WarpStart, crypto: WarpCrypto) {
    this.#crypto = crypto;
    this.#start = start;
    this.#route = new WarpRoute(start, crypto);
  }

  peerJoined(id: PeerId, best: number, now: Millis): void {
    if (this.#peers.size === 0) {
      this.#movedAt = now;
      this.#since = now;
      this.#received = 0;
    }
    this.#settledAt ??= millis(now + SETTLE);
    this.#peers.add(id, best);
    this.#plan(now);
  }

  peerLeft(id: PeerId, now: Millis): void {
    this.#peers.remove(id);
    if (this.#task?.peer.id === id) this.#task = undefined;
    this.#plan(now);
  }

  /** A peer spoke of a block. */
  announced(id: PeerId, number: number, now: Millis): void {
    this.#peers.claims(id, number);
    this.#plan(now);
  }

  /** The answer to a request, or why there is none. */
  answered(requestId: number, answer: Result<WarpAnswer, string>, now: Millis): void {
    const task = this.#task;
    // Of a peer that left, or came too late.
    if (task?.id !== requestId) return;
    this.#task = undefined;
    const taken = answer.ok ? this.#take(task.peer, task.wanted, answer.value) : undefined;
    if (taken?.ok) {
      task.peer.hasGiven = true;
      const bytes = answer.ok ? sizeOf(answer.value) : 0;
      this.#received += bytes;
      const isQuick = task.peer.pace.note(bytes, now - task.askedAt);
      // True as it is, so little in so long holds the others up.
      if (isQuick || taken.value.isEnd) this.#movedAt = now;
      else this.#peers.failed(task.peer, false, now);
    } else {
      this.#failed(task.peer, taken !== undefined, now);
      if (taken !== undefined) this.#report(task.peer, "bad-response", taken.error);
      else this.#report(task.peer, "unanswered", answer.ok ? "" : answer.error);
    }
    this.#plan(now);
  }

  tick(now: Millis): void {
    const task = this.#task;
    if (task !== undefined && task.deadline <= now) {
      this.#task = undefined;
      this.#failed(task.peer, false, now);
      const isSlow = task.deadline - task.askedAt < ANSWER_TIME[task.wanted.kind];
      if (!isSlow) this.#report(task.peer, "unanswered", `no ${task.wanted.kind} in time`);
    }
    this.#plan(now);
  }

  /** When `tick` is due at the latest; undefined while nothing depends on time. */
  wakeAt(now: Millis): Millis | undefined {
    if (this.#stage === "done" || this.#peers.size === 0) return undefined;
    if (this.#task !== undefined) return this.#task.deadline;
    const times = [
      this.#settledAt,
      this.#peers.awake(now),
      millis(this.#movedAt + STALL),
      millis(this.#settledAt! + PROOF_PATIENCE),
    ];
    return millis(
      Math.min(...(times.filter(time => time !== undefined && time > now) as Millis[])),
    );
  }

  /** What is to be done, once. */
  drain(): WarpAction[] {
    const actions = this.#actions;
    this.#actions = [];
    return actions;
  }

  /** The height aimed at. */
  get target(): number {
    const {number} = this.#route;
    return this.#stage === "proof" ? Math.max(number, this.#peers.median) : number;
  }

  progress(now: Millis): SyncProgress {
    this.#rate.note(now, this.#state?.bytes ?? 0);
    return warpProgress({
      stage: this.#stage,
      best: this.#start.number,
      target: this.target,
      peers: this.#peers.size,
      route: this.#route,
      state: this.#state,
      rate: this.#rate.perSecond,
      isAsking: this.#task !== undefined,
      isSettling: now < (this.#settledAt ?? 0),
    });
  }

  /** Asks the next thing of the best peer for it, or comes to an end. */
  #plan(now: Millis): void {
    if (this.#stage === "done" || this.#task !== undefined || this.#peers.size === 0) return;
    if (now >= this.#movedAt + STALL && this.#stalled(now)) return;
    const took = now - this.#since;
    if (took >= PATIENCE && (this.#received * 1_000) / took < LEAST_RATE) {
      this.#giveUp("what was asked for comes too slowly");
      return;
    }
    if (this.#stage === "proof") this.#planProof(now);
    if (this.#stage === "block") this.#askAny({kind: "block", hash: this.#route.hash}, now);
    else if (this.#stage === "state") {
      const {block, start} = this.#state!;
      this.#askAny({kind: "state", block, start}, now);
    }
  }

  #planProof(now: Millis): void {
    if (this.#peers.size < PEERS_ENOUGH && now < this.#settledAt!) return;
    const {number, hash} = this.#route;
    const isFar = number >= this.#start.number + SHORTEST;
    const isOver = number === this.#start.number && now >= this.#settledAt! + PROOF_PATIENCE;
    if (isOver) {
      this.#giveUp("nobody proves what they claim");
      return;
    }
    const fitting =
      isFar && this.#furtherAsks >= FURTHER_ASKS
        ? []
        : this.#peers.fitting(peer => {
            const isFit = peer.best >= number + SHORTEST && peer.provedTo !== number;
            return isFit && (!isFar || peer.hasGiven || !this.#knownFirst);
          });
    const free = fitting.find(peer => peer.restsUntil <= now);
    if (free !== undefined) {
      if (isFar && this.#everFinished) this.#furtherAsks++;
      this.#ask(free, {kind: "proof", from: hash}, now);
    } else if (isFar) this.#stage = "block";
    // Enough to begin with is not enough to give up on: one that is far ahead may be about to join.
    else if (now < this.#settledAt!) return;
    else if (fitting.length === 0) this.#giveUp(`nobody proves more than ${SHORTEST} blocks ahead`);
    // Whoever claims more and failed once may still come round.
    else if (fitting.every(({failures}) => failures > 1))
      this.#giveUp("nobody proves what they claim");
  }

  /** Strangers were tried beside those who give, and gave nothing. */
  get #knownFirst(): boolean {
    return this.#vainTrials >= VAIN_TRIALS;
  }

  /** Claims may be old: whoever is said to be behind is asked when nobody else is free. */
  #askAny(wanted: WarpWanted, now: Millis): void {
    const {number} = this.#route;
    const free = this.#peers.fitting(({restsUntil}) => restsUntil <= now, this.#knownFirst);
    const [first] = free;
    const peer =
      free.find(
        ({best, failures, hasGiven}) =>
          best >= number &&
          failures === first?.failures &&
          (!this.#knownFirst || hasGiven === first.hasGiven),
      ) ?? first;
    if (peer !== undefined) this.#ask(peer, wanted, now);
  }

  #ask(peer: WarpPeer, wanted: WarpWanted, now: Millis): void {
    const id = this.#nextId++;
    const isFirst = wanted.kind === "proof" && !peer.hasGiven && peer.failures === 0;
    const deadline = millis(
      now + (isFirst && this.#peers.size > 1 ? FIRST_ANSWER : ANSWER_TIME[wanted.kind]),
    );
    this.#task = {id, peer, wanted, askedAt: now, deadline};
    this.#actions.push({kind: "request", id, peer: peer.id, wanted});
  }

  /** `isEnd`: nothing more of this kind is to be asked, or not of this peer. */
  #take(
    peer: WarpPeer,
    wanted: WarpWanted,
    answer: WarpAnswer,
  ): Result<{readonly isEnd: boolean}, string> {
    if (wanted.kind === "proof" && answer.kind === "proof")
      return this.#takeProof(peer, answer.proof);
    if (wanted.kind === "block" && answer.kind === "block")
      return this.#takeBlock(wanted.hash, answer);
    if (wanted.kind === "state" && answer.kind === "state") return this.#takeState(answer.proof);
    return err("an answer to something else");
  }

  #takeProof(peer: WarpPeer, proof: Uint8Array): Result<{readonly isEnd: boolean}, string> {
    const followed = this.#route.follow(proof);
    if (!followed.ok) return followed;
    const {isFinished, hasMore} = followed.value;
    if (!hasMore) peer.provedTo = this.#route.number;
    if (isFinished) {
      this.#peers.claims(peer.id, this.#route.number);
      this.#everFinished = true;
    }
    return ok({isEnd: !hasMore});
  }

  #takeBlock(
    hash: Hash,
    {blocks}: WarpAnswer & {kind: "block"},
  ): Result<{readonly isEnd: boolean}, string> {
    const from = {hash};
    const wanted = {
      from,
      direction: "descending",
      max: 1,
      body: true,
      justification: false,
    } as const;
    const read = readResponse(wanted, blocks, this.#crypto.hashing);
    if (!read.ok) return read;
    const [block] = read.value;
    if (block === undefined) return err("no block");
    this.#block = block;
    const {blockHash} = this.#crypto.hashing;
    const download = new StateDownload(hash, block.header.stateRoot, bytes => blockHash(bytes));
    this.#state = download;
    this.#stage = "state";
    return ok({isEnd: true});
  }

  #takeState(proof: Uint8Array): Result<{readonly isEnd: boolean}, string> {
    const state = this.#state!;
    const taken = state.take(proof);
    if (!taken.ok) return taken;
    if (state.isComplete) this.#leap(this.#block!, state);
    return ok({isEnd: state.isComplete});
  }

  #leap({hash, number, header, body}: SyncBlock, state: StateDownload): void {
    const {setId, authorities, ends, justifications} = this.#route;
    const trie = state.trie();
    const leap = {hash, number, header, body, trie, setId, authorities, ends, justifications};
    this.#actions.push({kind: "leap", leap});
    this.#stage = "done";
  }

  #failed(peer: WarpPeer, isLie: boolean, now: Millis): void {
    if (!peer.hasGiven && this.#peers.doAnyGive) this.#vainTrials++;
    this.#peers.failed(peer, isLie, now);
  }

  /** The target may be one that peers no longer have. */
  #stalled(now: Millis): boolean {
    this.#stalls++;
    this.#movedAt = now;
    if (this.#stalls > MAX_STALLS) {
      this.#giveUp("nobody gave what was asked for");
      return true;
    }
    this.#stage = "proof";
    this.#furtherAsks = 0;
    this.#block = undefined;
    this.#state = undefined;
    return false;
  }

  #giveUp(reason: string): void {
    this.#actions.push({kind: "give-up", reason});
    this.#stage = "done";
  }

  #report({id}: WarpPeer, offence: "bad-response" | "unanswered", facts: string): void {
    this.#actions.push({kind: "report", peer: id, offence, facts});
  }
}

function sizeOf(answer: WarpAnswer): number {
  if (answer.kind !== "block") return answer.proof.length;
  const bodies = answer.blocks.flatMap(({body}) => body ?? []);
  return bodies.reduce((sum, {length}) => sum + length, 0);
}
