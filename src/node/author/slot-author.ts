import {type Clock, type Logger, type Millis, millis} from "#base";
import type {BlockMaker, Claim, MadeBlock} from "./block-maker.ts";
import {Complaints} from "./complaints.ts";

export interface SlotAuthorDependencies {
  readonly maker: BlockMaker;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onMade: (block: MadeBlock) => void;
  /** Told of a failure that is a bug: authoring has ended. */
  readonly onFatal: (error: unknown) => void;
}

/** A slot that began longer ago than this share of its length is left to pass. */
const LATE_SHARE = 1 / 3;
/** Share of a slot after whose start no further transaction is begun: the rest is for root, seal and disk. */
const PROPOSING_SHARE = 2 / 3;
/** How often a node without a turn looks whether the set has changed, in slots. */
const IDLE_SLOTS = 1;

/**
 * Authors by slots of real time: one block at the start of each own slot. The very first own slot may be claimed
 * in its middle, so that a start is not a wait.
 */
export class SlotAuthor {
  readonly #deps: SlotAuthorDependencies;
  readonly #complaints: Complaints;
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;

  constructor(dependencies: SlotAuthorDependencies) {
    this.#deps = dependencies;
    this.#complaints = new Complaints(dependencies.logger);
  }

  start(): void {
    this.#running = this.#run().catch((error: unknown) => {
      if (!this.#abort.signal.aborted) this.#deps.onFatal(error);
    });
  }

  async stop(): Promise<void> {
    this.#abort.abort(new Error("stopping"));
    await this.#running;
  }

  async #run(): Promise<void> {
    const {maker, clock} = this.#deps;
    const {signal} = this.#abort;
    let first = true;
    while (!signal.aborted) {
      const duration = maker.slotDuration();
      if (!duration.ok) {
        this.#complaints.failed(duration.error);
        await clock.until(millis(clock.now() + 1_000), signal);
        continue;
      }
      const slot = duration.value;
      const from = first ? clock.now() : millis(clock.now() + slot * (1 - LATE_SHARE));
      const claim = maker.claim(from);
      if (!claim.ok) {
        this.#complaints.failed(claim.error);
        const next = millis((Math.floor(clock.now() / slot) + IDLE_SLOTS) * slot);
        await clock.until(next, signal);
        continue;
      }
      const ahead = maker.parentStartOf(claim.value, slot) - clock.now();
      if (ahead > slot) this.#complaints.clockBehind(ahead);
      else this.#complaints.over();
      await clock.until(maker.startOf(claim.value, slot), signal);
      await this.#author(claim.value, slot, first);
      first = false;
    }
  }

  /** Makes the block of a claimed slot; `first`: the one in whose middle we started, which may end under our hands. */
  async #author(claim: Claim, slotDuration: number, first: boolean): Promise<void> {
    const {maker, clock, logger, onMade} = this.#deps;
    const begin = maker.startOf(claim, slotDuration);
    const now = clock.now();
    if (now >= begin + slotDuration) {
      if (first) return;
      logger.log("warn", "aura", "slot missed: this process was not running during it", {
        slot: claim.slot,
        late: now - begin - slotDuration,
      });
      return;
    }
    const deadline = Math.min(now + slotDuration * PROPOSING_SHARE, begin + slotDuration);
    const made = await maker.make(claim, {
      timestamp: now as Millis,
      hasTime: () => clock.now() < deadline,
    });
    if (made.ok) onMade(made.value);
    else {
      logger.log("error", "aura", `no block for slot ${claim.slot}`, {...made.error});
      await clock.until(millis(begin + slotDuration), this.#abort.signal);
    }
  }
}
