import {type BinaryString, bytesToBinary, type Clock, type Millis, millis} from "#base";
import type {Hash} from "#primitives";
import type {Blockchain} from "../chain/blockchain.ts";

/** A state stays for so long after each part of it that a peer was given: as long as it may take to ask for the next. */
const LEASE = 60_000;
/** Together for no longer, whoever goes on asking: a large state takes minutes. */
const LONGEST = 3_600_000;
/** Others have to be fetched while they are kept anyway. */
const MOST = 8;

interface Lease {
  readonly begun: Millis;
  until: Millis;
  readonly release: () => void;
}

/** Holds on to states while peers fetch them part by part. */
export class StateLeases {
  readonly #chain: Pick<Blockchain, "pin">;
  readonly #clock: Pick<Clock, "now">;
  readonly #leases = new Map<BinaryString, Lease>();

  constructor(chain: Pick<Blockchain, "pin">, clock: Pick<Clock, "now">) {
    this.#chain = chain;
    this.#clock = clock;
  }

  /** A part of the state after a block was given. */
  given(block: Hash): void {
    this.expire();
    const key = bytesToBinary(block);
    const now = this.#clock.now();
    const lease = this.#leases.get(key);
    if (lease !== undefined) {
      lease.until = millis(Math.min(now + LEASE, lease.begun + LONGEST));
    } else if (this.#leases.size < MOST) {
      const until = millis(now + LEASE);
      this.#leases.set(key, {begun: now, until, release: this.#chain.pin(block)});
    }
  }

  /** Lets go of what nobody fetches any more: to be called now and then. */
  expire(): void {
    const now = this.#clock.now();
    for (const [key, {until, release}] of this.#leases) {
      if (until > now) continue;
      release();
      this.#leases.delete(key);
    }
  }
}
