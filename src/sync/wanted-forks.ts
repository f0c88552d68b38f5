import {bytesToHex} from "#base";
import type {Hash} from "#primitives";
import {ForkDownload} from "./fork-download.ts";
import type {BlockRef, PeerId} from "./messages.ts";

/** Forks being fetched at once. */
const MAX_FORKS = 64;

/** Blocks off our row that somebody is known to have, each fetched backwards until it meets what we know. */
export class WantedForks {
  readonly #forks = new Map<string, ForkDownload>();

  /** `floor`: what is final. */
  add(block: BlockRef, source: PeerId, floor: number): void {
    const name = bytesToHex(block.hash);
    let fork = this.#forks.get(name);
    if (fork === undefined) {
      if (this.#forks.size >= MAX_FORKS) return;
      fork = new ForkDownload(block, floor);
      this.#forks.set(name, fork);
    }
    fork.sources.add(source);
  }

  /** One that nobody is being asked for and that the peer has. */
  askableOf(peer: PeerId): ForkDownload | undefined {
    for (const fork of this.#forks.values()) {
      if (fork.asked === undefined && fork.sources.has(peer)) return fork;
    }
    return undefined;
  }

  /** The peer turned out not to have it. */
  lost(fork: ForkDownload, peer: PeerId): void {
    fork.sources.delete(peer);
    if (fork.sources.size === 0) this.drop(fork.target.hash);
  }

  peerLeft(peer: PeerId): void {
    for (const fork of [...this.#forks.values()]) this.lost(fork, peer);
  }

  drop(hash: Hash): void {
    this.#forks.delete(bytesToHex(hash));
  }

  clear(): void {
    this.#forks.clear();
  }
}
