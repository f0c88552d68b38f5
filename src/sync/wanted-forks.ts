import {bytesToHex} from "#base";
import type {Hash} from "#primitives";
import {ForkDownload} from "./fork-download.ts";
import {MAX_FORK_BYTES} from "./limits.ts";
import type {BlockRef, PeerId} from "./messages.ts";

/** Forks being fetched at once. */
const MAX_FORKS = 64;
/**
 * Forks that one peer may have us fetch at once. By its announcements: an honest one speaks of a new head now and
 * then. By what finality lacks: a commit names four blocks, and nobody has signed for them yet.
 */
const ANNOUNCED_PER_PEER = 4;
const NEEDED_PER_PEER = 16;

interface Entry {
  readonly fork: ForkDownload;
  /** Who made us look for it; undefined where nobody in particular did. */
  readonly opener: PeerId | undefined;
  /** Finality waits for it. */
  isNeeded: boolean;
}

export interface WantedFork {
  readonly block: BlockRef;
  /** Who has it. */
  readonly sources: readonly PeerId[];
  readonly isNeeded: boolean;
  /** What is final. */
  readonly floor: number;
}

/**
 * Blocks off our row that somebody is known to have, each fetched backwards until it meets what we know. Anybody can
 * speak of blocks that nobody has: each peer has a share of the places, and what finality waits for goes before what
 * was only announced.
 */
export class WantedForks {
  readonly #entries = new Map<string, Entry>();

  add({block, sources, isNeeded, floor}: WantedFork): void {
    const name = bytesToHex(block.hash);
    let entry = this.#entries.get(name);
    if (entry === undefined) {
      const opener = sources.length === 1 ? sources[0] : undefined;
      if (!this.#makeRoom(opener, isNeeded)) return;
      entry = {fork: new ForkDownload(block, floor), opener, isNeeded};
      this.#entries.set(name, entry);
    }
    entry.isNeeded ||= isNeeded;
    for (const source of sources) entry.fork.sources.add(source);
  }

  /** False when there is none: what finality waits for is not given up for an announcement. */
  #makeRoom(opener: PeerId | undefined, isNeeded: boolean): boolean {
    const all = [...this.#entries.values()];
    const share = isNeeded ? NEEDED_PER_PEER : ANNOUNCED_PER_PEER;
    const own = all.filter(
      entry => opener !== undefined && entry.opener === opener && entry.isNeeded === isNeeded,
    );
    const announced = all.find(entry => !entry.isNeeded);
    const victim =
      own.length >= share
        ? own[0]
        : all.length < MAX_FORKS
          ? undefined
          : (announced ?? (isNeeded ? greediest(all) : undefined));
    if (victim !== undefined) this.drop(victim.fork.target.hash);
    return this.#entries.size < MAX_FORKS;
  }

  /** One that nobody is being asked for and that the peer has. */
  askableOf(peer: PeerId): ForkDownload | undefined {
    let announced: ForkDownload | undefined;
    for (const {fork, isNeeded} of this.#entries.values()) {
      if (fork.asked !== undefined || !fork.sources.has(peer)) continue;
      if (isNeeded) return fork;
      announced ??= fork;
    }
    return announced;
  }

  /** The peer turned out not to have it, or not to give it. */
  lost(fork: ForkDownload, peer: PeerId): void {
    fork.sources.delete(peer);
    if (fork.sources.size === 0) this.drop(fork.target.hash);
  }

  /** Some of a fork has come: the largest are given up where all together are too large. */
  grew(): void {
    for (;;) {
      const forks = [...this.#entries.values()].map(({fork}) => fork);
      if (forks.reduce((sum, {size}) => sum + size, 0) <= MAX_FORK_BYTES) return;
      const largest = forks.reduce((one, other) => (other.size > one.size ? other : one));
      this.drop(largest.target.hash);
    }
  }

  peerLeft(peer: PeerId): void {
    for (const {fork} of [...this.#entries.values()]) this.lost(fork, peer);
  }

  drop(hash: Hash): void {
    this.#entries.delete(bytesToHex(hash));
  }

  clear(): void {
    this.#entries.clear();
  }
}

/** The oldest entry of whoever has the most of them. */
function greediest(entries: readonly Entry[]): Entry | undefined {
  const counts = new Map<PeerId | undefined, number>();
  for (const {opener} of entries) counts.set(opener, (counts.get(opener) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return entries.find(({opener}) => counts.get(opener) === most);
}
