import type {LogFields, Logger, LogLevel} from "#base";
import type {NotNow} from "./conditions.ts";
import type {DemandFailure} from "./failures.ts";

/** Why no block is made at present. */
export interface Complaint {
  readonly code: string;
  /** For people. */
  readonly text: string;
}

const NOT_NOW: Readonly<Record<NotNow["code"], string>> = {
  syncing: "catching up with the chain",
  "no-peers": "no peers: others may be making blocks (--force-authoring does it all the same)",
  "clock-off": "the clock is off: is NTP running?",
  silenced: "silenced",
  "keystore-unreadable": "the keystore cannot be read now",
  "key-stopped": "another node signs with this key: stop that one, then khala keys resume",
  "finality-lags": "slowed down, for finality lags",
};

/** What somebody should do something about. */
const LOUD: ReadonlySet<NotNow["code"]> = new Set([
  "finality-lags",
  "clock-off",
  "key-stopped",
  "keystore-unreadable",
]);

/** Says why no block is made: once, until there is another reason or a block again; from then on it is counted. */
export class Complaints {
  readonly #logger: Logger;
  #current: Complaint | undefined;
  /** How often the current one came back, and whether somebody should have acted on it. */
  #repeated = 0;
  #isLoud = false;
  /** Own slots that went by, all in all. */
  #missed = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Undefined while blocks are made when it is our turn. */
  get current(): Complaint | undefined {
    return this.#current;
  }

  failed(failure: DemandFailure): void {
    switch (failure.code) {
      // Nothing to complain of.
      case "pool-empty":
      case "shutting-down":
      case "slot-lost":
        return;
      case "not-our-slot":
        // A key of ours is in the set, though it is not its turn.
        if (this.#current?.code === "no-own-slot") this.over();
        return;
      case "no-own-slot":
        this.#complain("info", failure.code, "none of the current authorities is in the keystore");
        return;
      default:
        this.#complain(
          "error",
          failure.code,
          `${failure.code}: ${failure.reason}`,
          "facts" in failure ? failure.facts : undefined,
        );
    }
  }

  /** The slot is left to pass on purpose. */
  notNow({code, ...facts}: NotNow): void {
    this.#complain(LOUD.has(code) ? "warn" : "info", code, NOT_NOW[code], facts);
  }

  /** The chain's last block lies this many milliseconds ahead of the clock. */
  clockBehind(ahead: number): void {
    const text =
      "the clock has not reached the slot of the chain's last block: is this machine's clock right?";
    this.#complain("warn", "clock-behind", text, {seconds: Math.ceil(ahead / 1_000)});
  }

  /** Numbers of slots have to rise, and by the length that slots have now it takes so many milliseconds until they do. */
  slotsLonger(ahead: number): void {
    const text =
      "the runtime made slots longer, and the number of the last block's is not reached by them yet: no block can be made until it is";
    this.#complain("error", "slots-longer", text, {days: Math.ceil(ahead / 86_400_000)});
  }

  /**
   * An own slot went by while this process was busy or asleep. Where time goes faster than that of clocks this is no news:
   * the first is told, the second, the fourth and so on.
   */
  missed(slot: number, {rate}: {readonly rate: number}): void {
    this.#missed += 1;
    const isNews = rate === 1 || Number.isInteger(Math.log2(this.#missed));
    if (isNews) {
      const text = "slot missed: this process was busy or asleep during it";
      const missed = this.#missed;
      this.#logger.log("warn", "aura", text, rate === 1 ? {slot} : {slot, missed});
    }
    this.#current = {
      code: "not-running",
      text: `slot ${slot} missed: this process was busy or asleep`,
    };
  }

  over(): void {
    if (this.#current !== undefined && this.#isLoud && this.#repeated > 0) {
      const facts = {reason: this.#current.code, repeated: this.#repeated};
      this.#logger.log("info", "aura", "authoring again", facts);
    }
    this.#current = undefined;
    this.#repeated = 0;
  }

  #complain(level: LogLevel, code: string, text: string, fields?: LogFields): void {
    const isNew = this.#current?.text !== text;
    this.#current = {code, text};
    this.#isLoud = level !== "info";
    this.#repeated = isNew ? 0 : this.#repeated + 1;
    if (isNew) this.#logger.log(level, "aura", `not authoring: ${text}`, fields);
  }
}
