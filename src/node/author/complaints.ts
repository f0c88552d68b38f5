import type {Logger} from "#base";
import type {NotNow} from "./conditions.ts";
import type {DemandFailure} from "./demand-author.ts";

/** Says why no block is made: once, until there is another reason or a block again. */
export class Complaints {
  readonly #logger: Logger;
  #last = "";

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  failed(failure: DemandFailure): void {
    // Nothing to complain of.
    if (failure.code === "pool-empty" || failure.code === "shutting-down") return;
    if (failure.code === "not-our-slot" || failure.code === "slot-lost") return;
    const reason = "reason" in failure ? `${failure.code}: ${failure.reason}` : failure.code;
    if (!this.#isNew(reason)) return;
    if (failure.code === "no-own-slot") {
      const words = "not authoring: none of the current authorities is in the keystore";
      this.#logger.log("info", "aura", words);
    } else {
      this.#logger.log("error", "aura", `not authoring: ${reason}`);
    }
  }

  /** The slot is left to pass on purpose. */
  notNow(why: NotNow): void {
    if (!this.#isNew(why.code)) return;
    switch (why.code) {
      case "syncing":
        this.#logger.log("info", "aura", "not authoring while catching up with the chain", {
          best: why.best,
          target: why.target,
        });
        return;
      case "no-peers":
        this.#logger.log(
          "info",
          "aura",
          "not authoring without peers: others may be making blocks (--force-authoring does it all the same)",
        );
        return;
      case "silenced":
        this.#logger.log("info", "aura", "not authoring: silenced");
        return;
      case "finality-lags":
        this.#logger.log("warn", "aura", "authoring slowed down: finality lags", {
          best: why.best,
          finalized: why.finalized,
        });
    }
  }

  /** The chain's last block lies this many milliseconds ahead of the clock. */
  clockBehind(ahead: number): void {
    if (!this.#isNew("clock-behind")) return;
    const words =
      "not authoring until the clock has reached the slot of the chain's last block: is the clock right?";
    this.#logger.log("warn", "aura", words, {seconds: Math.ceil(ahead / 1_000)});
  }

  over(): void {
    this.#last = "";
  }

  #isNew(reason: string): boolean {
    if (reason === this.#last) return false;
    this.#last = reason;
    return true;
  }
}
