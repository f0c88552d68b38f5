import {sha256} from "@noble/hashes/sha2.js";
import {bytesToBinary, type Clock, LruCache} from "#base";
import type {PeerId} from "../transport/peer-id.ts";

/** Answered requests that are remembered: of some hundred peers, the last few of each. */
const CAPACITY = 2_048;
/** The same request is legitimate again after a minute: the chain has moved on. */
const MEMORY = 60_000;
/** Once more may be an accident of a restart; the third time is not. */
const ALLOWED = 2;

/** Tells who asks for the same over and over: answering costs more than asking. */
export class RepeatedRequests {
  readonly #clock: Clock;
  readonly #asked = new LruCache<string, {count: number; since: number}>(CAPACITY);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True when this has been answered too often already. */
  isExcessive(peer: PeerId, request: Uint8Array): boolean {
    return (this.#find(keyOf(peer, request))?.count ?? 0) >= ALLOWED;
  }

  answered(peer: PeerId, request: Uint8Array): void {
    const key = keyOf(peer, request);
    const entry = this.#find(key) ?? {count: 0, since: this.#clock.now()};
    this.#asked.set(key, {...entry, count: entry.count + 1});
  }

  #find(key: string): {count: number; since: number} | undefined {
    const entry = this.#asked.get(key);
    return entry !== undefined && this.#clock.now() - entry.since < MEMORY ? entry : undefined;
  }
}

function keyOf(peer: PeerId, request: Uint8Array): string {
  return `${peer} ${bytesToBinary(sha256(request))}`;
}
