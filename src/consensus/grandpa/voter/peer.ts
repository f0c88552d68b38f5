import type {Millis} from "#base";
import type {NeighbourView} from "../gossip-message.ts";
import type {PeerName} from "./action.ts";
import {Marks} from "./marks.ts";

/** Bits of the handshake's roles (spec/network §1.4). */
const LIGHT = 2;

/** How far a peer has been told of one round. */
export class Told {
  readonly known = new Marks();
  /** All messages before this place are told or known. */
  next = 0;
  /** As `next`, for our own messages, which every peer gets at once. */
  nextOwn = 0;

  restart(): void {
    this.known.clear();
    this.next = 0;
    this.nextOwn = 0;
  }

  /** Only our own messages, which stand at these places, are to be told again. */
  restartOwn(places: readonly number[]): void {
    for (const place of places) this.known.remove(place);
    this.nextOwn = 0;
  }
}

/** What we know of one connected peer. Bounded: three or four rounds of marks and a few numbers. */
export class Peer {
  readonly name: PeerName;
  readonly isLight: boolean;
  /** As it last told us; undefined until it does. */
  view: {readonly at: Millis; readonly value: NeighbourView} | undefined;
  /** As we last told it. */
  ours: {readonly at: Millis; readonly value: NeighbourView} | undefined;
  /** The last commit sent to it, and when to try again. */
  commit: {setId: number; number: number; again: Millis; wait: number} | undefined;
  /** Its place in the order of luck: 0 gets every message first. */
  rank = 0;
  catchUpServedAt: Millis | undefined;
  /** Questions how it got ahead that it left unanswered. */
  catchUpsInVain = 0;
  /** When we last told it a round from the start because it seemed not to have heard. */
  retoldAt: Millis | undefined;
  readonly #told = new Map<number, Told>();

  constructor(name: PeerName, roles: number) {
    this.name = name;
    this.isLight = (roles & LIGHT) !== 0;
  }

  told(round: number): Told {
    let told = this.#told.get(round);
    if (told === undefined) {
      told = new Told();
      this.#told.set(round, told);
    }
    return told;
  }

  /** Forgets rounds below `from`, or all when a new set begins. */
  forget(from = Number.POSITIVE_INFINITY): void {
    for (const round of this.#told.keys()) if (round < from) this.#told.delete(round);
  }
}
