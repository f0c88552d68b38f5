import {bytesToHex, equalBytes, LruCache, type Millis, millis, type Result} from "#base";
import type {Hashing} from "#crypto";
import type {Hash, Header} from "#primitives";
import type {AncestorSearch} from "./ancestor-search.ts";
import {progressOf} from "./chain-progress.ts";
import {chooseTask, type Row} from "./choose-task.ts";
import {FarClaims} from "./far-claims.ts";
import type {ForkDownload} from "./fork-download.ts";
import {ImportsUnderWay} from "./imports-under-way.ts";
import {BAD_KEPT, LONG_REST, MAJOR_LAG, NEAR, REPEAT_REST, REST} from "./limits.ts";
import type {
  BlockRef,
  ChainSyncDependencies,
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
import {Questions} from "./questions.ts";
import {RangeQueue} from "./range-queue.ts";
import {readResponse} from "./read-response.ts";
import {isStranger, SyncPeers} from "./sync-peers.ts";
import {WantedForks} from "./wanted-forks.ts";

/**
 * Full sync as a state machine: peers, answers and time in, requests, blocks to import and offences out. It keeps
 * nothing of the chain; what is known it asks `LocalChain`.
 */
export class ChainSync {
  readonly #chain: LocalChain;
  readonly #hashing: Pick<Hashing, "blockHash">;
  readonly #isOld: (header: Header) => boolean;
  readonly #peers = new SyncPeers();
  readonly #forks = new WantedForks();
  readonly #questions = new Questions(this.#peers, this.#forks);
  readonly #importing = new ImportsUnderWay();
  readonly #bad = new LruCache<string, true>(BAD_KEPT);
  readonly #rate = new Rate();
  readonly #claims: FarClaims;
  #row: Row | undefined;
  #actions: SyncAction[] = [];
  #isPaused = false;

  constructor(deps: ChainSyncDependencies) {
    this.#chain = deps.chain;
    this.#hashing = deps.hashing;
    this.#claims = new FarClaims(deps.chain);
    this.#isOld = deps.isOld ?? (() => false);
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
    this.#claims.startOver();
    for (const peer of this.#peers) {
      peer.common = undefined;
      this.#claims.claimed(peer, now);
    }
    this.#plan(now);
  }

  peerJoined(id: PeerId, best: BlockRef, now: Millis): void {
    const peer = newPeer(id, best);
    this.#peers.add(peer);
    this.#claims.claimed(peer, now);
    this.#plan(now);
  }

  peerLeft(id: PeerId, now: Millis): void {
    const peer = this.#peers.get(id);
    if (peer === undefined) return;
    this.#peers.remove(id);
    this.#questions.giveUp(peer);
    this.#forks.peerLeft(id);
    this.#claims.left(id, now);
    this.#plan(now);
  }

  /** A peer spoke of a block; its header was found to be sealed as it should be, or could not be checked yet. */
  announced(id: PeerId, header: Header, hash: Hash, isBest: boolean, now: Millis): void {
    const peer = this.#peers.get(id);
    if (peer === undefined) return;
    const {number} = header;
    if (isBest || number > peer.best.number) peer.best = {hash, number};
    this.#claims.claimed(peer, now);
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
    const sources = from.filter(id => this.#peers.get(id) !== undefined);
    const isUseless = this.#isHere(hash) || this.#bad.get(bytesToHex(hash)) || number <= floor;
    if (isUseless || sources.length === 0) return;
    this.#forks.add({block, sources, isNeeded, floor});
    this.#plan(now);
  }

  /** The answer to a request, or why there is none. */
  answered(requestId: number, answer: Result<readonly ReceivedBlock[], string>, now: Millis): void {
    const peer = this.#questions.peerOf(requestId);
    const task = peer?.task;
    // Of a peer that left, or came too late.
    if (peer === undefined || task?.id !== requestId) return;
    const read = answer.ok ? readResponse(task.wanted, answer.value, this.#hashing) : undefined;
    if (read?.ok) {
      this.#questions.close(peer);
      this.#use(peer, task.what, read.value, now);
    } else if (read === undefined) this.#unanswered(peer, answer.ok ? "" : answer.error, now);
    else {
      this.#questions.giveUp(peer);
      // Looking through an answer costs us more than making it up does.
      letRest(peer, now, LONG_REST);
      this.#report(peer, "bad-response", read.error);
    }
    this.#plan(now);
  }

  imported(hash: Hash, outcome: ImportOutcome, now: Millis): void {
    const entry = this.#importing.take(hash);
    const peer = entry === undefined ? undefined : this.#peers.get(entry.peer);
    if (this.#importing.size === 0) this.#claims.forgetHandedOn();
    this.#forks.drop(hash);
    switch (outcome.kind) {
      case "imported":
      case "known":
        this.#rate.note(now, this.#chain.best().number);
        if (peer !== undefined) {
          peer.common = Math.max(peer.common ?? 0, entry!.number);
          if (outcome.kind === "imported") this.#gave(peer, entry!.isOld, now);
        }
        break;
      case "bad":
        this.#bad.set(bytesToHex(hash), true);
        if (peer !== undefined) this.#shun(peer, `${bytesToHex(hash)}: ${outcome.reason}`, now);
        this.#startOver();
        break;
      case "early":
      case "unchecked":
        if (peer !== undefined) letRest(peer, now, REPEAT_REST);
        this.#startOver();
        break;
      case "orphan":
      case "abandoned":
        // What was announced is asked for again only if somebody speaks of it again.
        if (peer !== undefined && !entry!.announced) letRest(peer, now, REPEAT_REST);
        if (peer !== undefined) peer.common = undefined;
        if (outcome.kind === "orphan") this.#startOver();
        break;
    }
    this.#plan(now);
  }

  tick(now: Millis): void {
    this.#questions.lend(now);
    for (const peer of [...this.#peers]) {
      const deadline = peer.task?.deadline ?? now + 1;
      if (deadline <= now) this.#unanswered(peer, "no answer in time", now);
    }
    this.#rate.note(now, this.#chain.best().number);
    this.#plan(now);
  }

  /** When `tick` is due at the latest; undefined while nothing depends on time. */
  wakeAt(now: Millis): Millis | undefined {
    const claims = this.isMajorSyncing ? this.#claims.wakeAt() : undefined;
    const times = [this.#peers.wakeAt(now), claims].filter(time => time !== undefined);
    return times.length === 0 ? undefined : millis(Math.min(...times));
  }

  /** What is to be done, once. */
  drain(): SyncAction[] {
    const actions = this.#actions;
    this.#actions = [];
    return actions;
  }

  /** The height that the chain is known to have. */
  get target(): number {
    return this.#claims.target(this.#peers);
  }

  get isMajorSyncing(): boolean {
    return this.target > this.#chain.best().number + MAJOR_LAG;
  }

  progress(): SyncProgress {
    return progressOf({
      peers: [...this.#peers],
      best: this.#chain.best().number,
      target: this.target,
      importing: this.#importing.size,
      rate: this.#rate.perSecond,
    });
  }

  #isHere(hash: Hash): boolean {
    return this.#chain.isKnown(hash) || this.#importing.has(hash);
  }

  /** A block of it was imported. */
  #gave(peer: PeerState, isOld: boolean, now: Millis): void {
    peer.setbacks = 0;
    peer.hasSay = true;
    peer.hasGiven = true;
    this.#claims.imported(peer, isOld, now);
  }

  /**
   * It was asked and gave nothing. That may happen on a bad line; but who speaks of blocks that nobody else does, and
   * has never given us any, has most likely made them up.
   */
  #unanswered(peer: PeerState, facts: string, now: Millis): void {
    this.#questions.giveUp(peer);
    letRest(peer, now, REST);
    if (!isStranger(peer, this.#chain.best().number)) this.#report(peer, "unanswered", facts);
    else this.#report(peer, "empty-promise", `claims block ${peer.best.number}: ${facts}`);
  }

  /** Gives every free peer something to do. */
  #plan(now: Millis): void {
    this.#claims.note(now);
    if (this.#isPaused) return;
    this.#pump(now);
    const isProved = (id: PeerId) => this.#claims.isProved(id);
    for (const peer of this.#peers.free(this.#chain.best().number, isProved, now)) {
      const what = chooseTask(peer, {
        chain: this.#chain,
        forks: this.#forks,
        importing: this.#importing,
        row: this.#row,
        beginRow: from => {
          this.#row = {queue: new RangeQueue(from), base: from.number};
          return this.#row;
        },
      });
      if (what !== undefined) this.#actions.push(this.#questions.ask(peer, what, now));
    }
  }

  #use(peer: PeerState, what: Task, blocks: readonly SyncBlock[], now: Millis): void {
    switch (what.kind) {
      case "head":
        this.#useHead(peer, what.block, blocks[0], now);
        return;
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

  /**
   * It claimed blocks and has none to give: believed for what it is known to have. It may have come here by a warp and
   * lack what we asked for; then it has a header at least.
   */
  #distrust(peer: PeerState, now: Millis): void {
    const number = peer.common ?? 0;
    peer.doubted = peer.best;
    peer.hasSay = false;
    this.#claims.broken(peer.id);
    peer.best = {hash: this.#chain.hashAt(number) ?? peer.best.hash, number};
    // Not a third time within a minute for the same: its next announcement would have us ask again.
    letRest(peer, now, REST);
  }

  #useHead(peer: PeerState, claimed: BlockRef, found: SyncBlock | undefined, now: Millis): void {
    peer.doubted = undefined;
    if (found?.number === claimed.number) return;
    letRest(peer, now, REST);
    this.#report(peer, "empty-promise", `claimed block ${claimed.number}, gave none`);
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
    this.#claims.handedOn(blocks.at(-1)?.number ?? 0);
    for (const {hash, number, size, header} of fresh) {
      const isOld = this.#isOld(header);
      this.#importing.add(hash, {peer: id, number, size, announced, isOld});
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
    this.#claims.forgetHandedOn();
    this.#peers.forgetCommonAbove(this.#chain.best().number);
  }

  #report({id}: PeerState, offence: SyncOffence, facts: string): void {
    this.#actions.push({kind: "report", peer: id, offence, facts});
  }
}
