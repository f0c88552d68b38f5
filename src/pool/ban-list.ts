import {type BinaryString, type Clock, LruCache, type Millis} from "#base";

/** How long a transaction that was removed is refused, as upstream: half an hour. */
const BAN_TIME = 30 * 60 * 1_000;
/** Bans kept at most; the oldest are lifted early. */
const MAX_BANS = 16_384;

/** Transactions not to be taken again for a while. */
export class BanList {
  readonly #clock: Pick<Clock, "now">;
  readonly #until = new LruCache<BinaryString, Millis>(MAX_BANS);

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  ban(id: BinaryString): void {
    this.#until.set(id, (this.#clock.now() + BAN_TIME) as Millis);
  }

  /** All are free again. */
  clear(): void {
    this.#until.clear();
  }

  isBanned(id: BinaryString): boolean {
    const until = this.#until.get(id);
    if (until === undefined) return false;
    if (this.#clock.now() < until) return true;
    this.#until.delete(id);
    return false;
  }
}
