import type {Logger, LogLevel} from "#base";
import type {LogLine} from "../api.ts";

const LEVELS: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error"];
/** Lines kept; a test that needs more reads them in between. */
const MOST_KEPT = 5_000;

/** What a node said, `info` and worse. */
export class LogBook {
  #lines: LogLine[] = [];

  logger(elapsed: () => number): Logger {
    return {
      log: (level, target, message, fields = {}) => {
        if (LEVELS.indexOf(level) < LEVELS.indexOf("info")) return;
        this.#lines.push({at: elapsed(), level, target, message, fields});
        if (this.#lines.length > 2 * MOST_KEPT) this.#lines = this.#lines.slice(-MOST_KEPT);
      },
    };
  }

  from(least: LogLevel): readonly LogLine[] {
    return this.#lines.filter(
      ({level}) => (LEVELS as readonly string[]).indexOf(level) >= LEVELS.indexOf(least),
    );
  }
}
