import {bytesToHex, equalBytes, LruCache, type Millis, millis, type Result} from "#base";
import type {Hashing} from "#crypto";
import type {Hash, Header} from "#primitives";
import type {AncestorSearch} from "./ancestor-search.ts";
import {blocksWanted} from "./blocks-wanted.ts";
import {progressOf, targetOf} from "./chain-progress.ts";
import {chooseTask, type Row} from "./choose-task.ts";
import type {ForkDownload} from "./fork-download.ts";
import {ImportsUnderWay} from "./imports-under-way.ts";
import {ANSWER_TIME, BAD_KEPT, LONG_REST, MAJOR_LAG, NEAR, REPEAT_REST, REST} from "./limits.ts";
import type {
  BlockRef,
  ImportOutcome,
  LocalChain,
  PeerId,
  ReceivedBlock,
  SyncAction,
  SyncBlock,
  SyncOffence,
} from "./messages.ts";
import {letRest, lostTouch, newPeer, type PeerState, type Task} from "./peer-state.ts";
import {Rate, type SyncProgress} from "./progress.ts";
import {RangeQueue} from "./range-queue.ts";
import {readResponse} from "./read-response.ts";
import {WantedForks} from "./wanted-forks.ts";

/**
 * Full sync as a state machine: peers, answers and time in, requests, blocks to import and offences out. It keeps
 * nothing of the chain; what is known it asks `LocalChain`.
 */
export class ChainSync {
  readonly #chain: LocalChain;
  readonly #hashing: Pick<Hashing, "blake2b256">;
  /** In the order in which they are asked. */
  readonly #peers = new Map<PeerId, PeerState>();
  readonly #tasks = new Map<number, PeerState>();
  readonly #forks = new WantedForks();
  readonly #importing = new ImportsUnderWay();
  readonly #bad = new LruCache<string, true>(BAD_KEPT);
  readonly #rate = new Rate();
  #row: Row | undefined;
  #actions: SyncAction[] = [];
  #nextId = 1;
  #isPaused = false;

  constructor(deps: {chain: LocalChain; hashing: Pick<Hashing, "blake2b256">}) {
    this.#chain = deps.chain;
    this.#hashing = deps.hashing;
  }

  /** Asks nobody for anything until `resume`: another way of catching up is under way. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(now: Millis): void {
    this.#isPaused = false;
    this.#row = undefined;
    // What was wanted above another head is asked for again by whoever still wants it.
    this.#forks.clear();
    for (const peer of this.#peers.values()) peer.common = undefined;
    this.#plan(now);
  }

  peerJoined(id: PeerId, best: BlockRef, now: Millis): void {
    this.#peers.set(id, newPeer(id, best));
    this.#plan(now);
  }

  peerLeft(id: PeerId, now: Millis): void {
    const peer = this.#peers.get(id);
    if (peer === undefined) return;
    this.#peers.delete(id);
    this.#giveUp(peer);
    this.#forks.peerLeft(id);
    this.#plan(now);
  }

  /** A peer spoke of a block; its header was found to be sealed as it should be, or could not be checked yet. */
  announced(id: PeerId, header: Header, hash: Hash, isBest: boolean, now: Millis): void {
    const peer = this.#peers.get(id);
    if (peer === undefined) return;
    const {number} = header;
    if (isBest || number > peer.best.number) peer.best = {hash, number};
    if (this.#isHere(hash)) peer.common = Math.max(peer.common ?? 0, number);
    else if (number <= this.#chain.best().number + NEAR)
      this.#fetch({hash, number}, [id], false, now);
    this.#plan(now);
  }

  /** Sees to it that a block is fetched for which finality waits, from those who are known to have it. */
  want(block: BlockRef, from: readonly PeerId[], now: Millis): void {
    this.#fetch(block, from, true, now);
  }

  #fetch(block: BlockRef, from: readonly PeerId[], isNeeded: boolean, now: Millis): void {
    const {hash, number} = block;
    const floor = this.#chain.finalized().number;
    const sources = from.filter(id => this.#peers.has(id));
    const isUseless = this.#isHere(hash) || this.#bad.get(bytesToHex(hash)) || number <= floor;
    if (isUseless || sources.length === 0) return;
    this.#forks.add({block, sources, isNeeded, floor});
    this.#plan(now);
  }

  /** The answer to a request, or why there is none. */
  answered(requestId: number, answer: Result<readonly ReceivedBlock[], string>, now: Millis): void {
    const peer = this.#tasks.get(requestId);
    const task = peer?.task;
    // Of a peer that left, or came too late.
    if (peer === undefined || task?.id !== requestId) return;
    const read = answer.ok ? readResponse(task.wanted, answer.value, this.#hashing) : undefined;
    if (read?.ok) {
      this.#tasks.delete(requestId);
      peer.task = undefined;
      this.#use(peer, task.what, read.value, now);
    } else {
      this.#giveUp(peer);
      // Looking through an answer costs us more than making it up does.
      letRest(peer, now, read === undefined ? REST : LONG_REST);
      if (read === undefined) this.#report(peer, "unanswered", answer.ok ? "" : answer.error);
      else this.#report(peer, "bad-response", read.error);
    }
    this.#plan(now);
  }

  imported(hash: Hash, outcome: ImportOutcome, now: Millis): void {
    const name = bytesToHex(hash);
    const entry = this.#importing.take(hash);
    const peer = entry === undefined ? undefined : this.#peers.get(entry.peer);
    switch (outcome.kind) {
      case "imported":
      case "known":
        this.#rate.note(now, this.#chain.best().number);
        if (peer !== undefined) {
          peer.common = Math.max(peer.common ?? 0, entry!.number);
          if (outcome.kind === "imported") peer.setbacks = 0;
        }
        this.#forks.drop(hash);
        break;
      case "bad":
        this.#bad.set(name, true);
        this.#forks.drop(hash);
        if (peer !== undefined) this.#shun(peer, `${name}: ${outcome.reason}`, now);
        this.#startOver();
        break;
      case "early":
      case "unchecked":
        this.#forks.drop(hash);
        if (peer !== undefined) letRest(peer, now, REPEAT_REST);
        this.#startOver();
        break;
      case "orphan":
      case "abandoned":
        this.#forks.drop(hash);
        // What was announced is asked for again only if somebody speaks of it again.
        if (peer !== undefined && !entry!.announced) letRest(peer, now, REPEAT_REST);
        if (peer !== undefined) peer.common = undefined;
        if (outcome.kind === "orphan") this.#startOver();
        break;
    }
    this.#plan(now);
  }

  tick(now: Millis): void {
    for (const peer of [...this.#peers.values()]) {
      if (peer.task === undefined || peer.task.deadline > now) continue;
      this.#giveUp(peer);
      letRest(peer, now, REST);
      this.#report(peer, "unanswered", "no answer in time");
    }
    this.#rate.note(now, this.#chain.best().number);
    this.#plan(now);
  }

  /** When `tick` is due at the latest; undefined while nothing depends on time. */
  wakeAt(now: Millis): Millis | undefined {
    let soonest = Number.POSITIVE_INFINITY;
    for (const {task, restsUntil} of this.#peers.values()) {
      if (task !== undefined) soonest = Math.min(soonest, task.deadline);
      else if (restsUntil > now) soonest = Math.min(soonest, restsUntil);
    }
    return soonest === Number.POSITIVE_INFINITY ? undefined : millis(soonest);
  }

  /** What is to be done, once. */
  drain(): SyncAction[] {
    const actions = this.#actions;
    this.#actions = [];
    return actions;
  }

  /** The height that half of the peers claim at least. */
  get target(): number {
    return targetOf({peers: [...this.#peers.values()], best: this.#chain.best().number});
  }

  get isMajorSyncing(): boolean {
    return this.target > this.#chain.best().number + MAJOR_LAG;
  }

  progress(): SyncProgress {
    return progressOf({
      peers: [...this.#peers.values()],
      best: this.#chain.best().number,
      importing: this.#importing.size,
      rate: this.#rate.perSecond,
    });
  }

  #isHere(hash: Hash): boolean {
    return this.#chain.isKnown(hash) || this.#importing.has(hash);
  }

  /** Gives every free peer something to do. */
  #plan(now: Millis): void {
    if (this.#isPaused) return;
    this.#pump(now);
    for (const peer of this.#peers.values()) {
      if (peer.task !== undefined || peer.restsUntil > now) continue;
      const what = this.#taskFor(peer);
      if (what !== undefined) this.#ask(peer, what, now);
    }
  }

  #taskFor(peer: PeerState): Task | undefined {
    return chooseTask(peer, {
      chain: this.#chain,
      forks: this.#forks,
      importing: this.#importing,
      row: this.#row,
      beginRow: best => {
        this.#row = {queue: new RangeQueue(best), base: best.number};
        return this.#row;
      },
    });
  }

  #ask(peer: PeerState, what: Task, now: Millis): void {
    const id = this.#nextId++;
    const wanted = blocksWanted(peer, what);
    if (what.kind === "fork") what.fork.asked = peer.id;
    peer.task = {id, what, wanted, deadline: millis(now + ANSWER_TIME)};
    this.#tasks.set(id, peer);
    this.#actions.push({kind: "request", id, peer: peer.id, wanted});
  }

  #use(peer: PeerState, what: Task, blocks: readonly SyncBlock[], now: Millis): void {
    // Where our chains part it may well know, whatever it claims.
    if (what.kind !== "search" && blocks.length > 0) peer.silences = 0;
    switch (what.kind) {
      case "search":
        this.#compare(peer, what.search, blocks[0], now);
        return;
      case "range":
        // A queue that was given up meanwhile takes answers to no effect.
        if (blocks.length > 0) what.queue.deliver(what.range, peer.id, blocks);
        else {
          what.queue.giveBack(what.range);
          this.#distrust(peer, now);
        }
        return;
      case "alone":
        if (blocks.length === 0) this.#distrust(peer, now);
        else if (this.#isHere(blocks[0]!.header.parentHash))
          this.#handOn(peer.id, blocks, false, now);
        else lostTouch(peer, now);
        return;
      case "fork":
        this.#useFork(peer, what.fork, blocks, now);
    }
  }

  #compare(
    peer: PeerState,
    search: AncestorSearch,
    found: SyncBlock | undefined,
    now: Millis,
  ): void {
    const ours = this.#chain.hashAt(search.at);
    if (found !== undefined && ours !== undefined && equalBytes(found.hash, ours)) {
      peer.common = search.at;
      peer.search = undefined;
      return;
    }
    if (search.goDown()) return;
    peer.search = undefined;
    letRest(peer, now, LONG_REST);
    this.#report(peer, "finalized-fork", `differs from us at block ${search.at}, which is final`);
  }

  /** It claimed blocks and has none to give: believed for what it is known to have. */
  #distrust(peer: PeerState, now: Millis): void {
    const number = peer.common ?? 0;
    const claimed = peer.best.number;
    peer.best = {hash: this.#chain.hashAt(number) ?? peer.best.hash, number};
    letRest(peer, now, REST);
    this.#report(peer, "empty-promise", `claimed block ${claimed}, gave none`);
  }

  #useFork(peer: PeerState, fork: ForkDownload, blocks: readonly SyncBlock[], now: Millis): void {
    fork.asked = undefined;
    const taken = fork.take(blocks, hash => this.#isHere(hash));
    if (taken.kind === "row") {
      this.#forks.drop(fork.target.hash);
      this.#handOn(peer.id, taken.blocks, true, now);
    } else if (taken.kind === "lost" || blocks.length === 0) {
      this.#forks.lost(fork, peer.id);
      if (blocks.length === 0) letRest(peer, now, REST);
    } else this.#forks.grew();
  }

  /** Moves what is in order from the row to the importer. */
  #pump(now: Millis): void {
    const row = this.#row;
    if (row === undefined) return;
    const {ready, broken} = row.queue.take();
    for (const {peer, blocks} of ready) {
      if (this.#handOn(peer, blocks, false, now)) continue;
      this.#startOver();
      return;
    }
    if (broken !== undefined) {
      const peer = this.#peers.get(broken.peer);
      if (peer !== undefined) lostTouch(peer, now);
      // Either this peer's chain is another one, or that of who sent what came before: begin at our own head.
      this.#startOver();
      return;
    }
    const isDone = row.queue.isEmpty && row.queue.tip.number <= this.#chain.best().number;
    if (isDone) this.#row = undefined;
  }

  /** Gives blocks to the importer; false when one of them is known to be bad. */
  #handOn(id: PeerId, blocks: readonly SyncBlock[], announced: boolean, now: Millis): boolean {
    const peer = this.#peers.get(id);
    const fresh = blocks.filter(block => !this.#isHere(block.hash));
    const isBad = ({hash, header}: SyncBlock) =>
      this.#bad.get(bytesToHex(hash)) || this.#bad.get(bytesToHex(header.parentHash));
    if (fresh.some(isBad)) {
      if (peer !== undefined) this.#shun(peer, "sent again", now);
      return false;
    }
    for (const {hash, number, size} of fresh) {
      this.#importing.add(hash, {peer: id, number, size, announced});
    }
    const last = blocks.at(-1);
    if (fresh.length > 0) this.#actions.push({kind: "import", peer: id, blocks: fresh, announced});
    else if (last !== undefined && peer !== undefined) {
      peer.common = Math.max(peer.common ?? 0, last.number);
    }
    return true;
  }

  /** A bad block is no accident: whoever sends one is left alone, for as long as nobody cuts it off. */
  #shun(peer: PeerState, facts: string, now: Millis): void {
    letRest(peer, now, LONG_REST);
    this.#report(peer, "bad-block", facts);
  }

  /** Forgets the row and what peers had in common with it; our own head is where to go on from. */
  #startOver(): void {
    this.#row = undefined;
    const best = this.#chain.best().number;
    for (const peer of this.#peers.values()) {
      if (peer.common !== undefined && peer.common > best) peer.common = undefined;
    }
  }

  /** Before it everybody else is asked, those first that never failed: otherwise two that do could take turns. */
  #askLast(peer: PeerState): void {
    if (this.#peers.delete(peer.id)) this.#peers.set(peer.id, peer);
  }

  #giveUp(peer: PeerState): void {
    const {task} = peer;
    if (task === undefined) return;
    this.#tasks.delete(task.id);
    peer.task = undefined;
    peer.silences++;
    this.#askLast(peer);
    if (task.what.kind === "range") task.what.queue.giveBack(task.what.range);
    if (task.what.kind === "fork") {
      // Who does not give what it spoke of may have made it up: others that have it say so themselves.
      task.what.fork.asked = undefined;
      this.#forks.lost(task.what.fork, peer.id);
    }
    if (task.what.kind === "search") peer.search = undefined;
  }

  #report({id}: PeerState, offence: SyncOffence, facts: string): void {
    this.#actions.push({kind: "report", peer: id, offence, facts});
  }
}
