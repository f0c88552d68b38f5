import {type Millis, millis} from "#base";
import {blocksWanted} from "./blocks-wanted.ts";
import {ANSWER_TIME, LEND_AFTER} from "./limits.ts";
import type {SyncAction} from "./messages.ts";
import type {PeerState, Task} from "./peer-state.ts";
import type {SyncPeers} from "./sync-peers.ts";
import type {WantedForks} from "./wanted-forks.ts";

/** What is being asked of whom. */
export class Questions {
  readonly #peers: SyncPeers;
  readonly #forks: WantedForks;
  readonly #open = new Map<number, PeerState>();
  #nextId = 1;

  constructor(peers: SyncPeers, forks: WantedForks) {
    this.#peers = peers;
    this.#forks = forks;
  }

  ask(peer: PeerState, what: Task, now: Millis): SyncAction {
    const id = this.#nextId++;
    const wanted = blocksWanted(peer, what);
    if (what.kind === "fork") what.fork.asked = peer.id;
    const isTrial = what.kind === "range" && !peer.hasGiven;
    const lendAt = isTrial ? millis(now + LEND_AFTER) : undefined;
    peer.task = {id, what, wanted, deadline: millis(now + ANSWER_TIME), lendAt};
    this.#open.set(id, peer);
    return {kind: "request", id, peer: peer.id, wanted};
  }

  /** Who is being asked this; undefined where the peer left, or the time is over. */
  peerOf(id: number): PeerState | undefined {
    return this.#open.get(id);
  }

  /** Lets others have what strangers take long to give. */
  lend(now: Millis): void {
    for (const {task} of this.#open.values()) {
      if (task?.what.kind !== "range" || task.lendAt === undefined || task.lendAt > now) continue;
      task.lendAt = undefined;
      task.what.queue.lend(task.what.range);
    }
  }

  /** It was answered. */
  close(peer: PeerState): void {
    if (peer.task !== undefined) this.#open.delete(peer.task.id);
    peer.task = undefined;
  }

  /** It was not, or with nothing that could be read: somebody else is to be asked. */
  giveUp(peer: PeerState): void {
    const {task} = peer;
    if (task === undefined) return;
    this.close(peer);
    peer.hasSay = false;
    this.#peers.askLast(peer);
    if (task.what.kind === "range") task.what.queue.giveBack(task.what.range);
    if (task.what.kind === "fork") {
      // Who does not give what it spoke of may have made it up: others that have it say so themselves.
      task.what.fork.asked = undefined;
      this.#forks.lost(task.what.fork, peer.id);
    }
    if (task.what.kind === "search") peer.search = undefined;
    if (task.what.kind === "head") peer.doubted = undefined;
  }
}
