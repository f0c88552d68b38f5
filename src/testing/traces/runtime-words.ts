import type {LogLevel} from "#base";

/** What runtimes log is written down while something is looked at, and not at all otherwise: writing costs them time. */
export class RuntimeWords {
  #said: string[] | undefined;

  level(): LogLevel | undefined {
    return this.#said === undefined ? undefined : "debug";
  }

  write(level: LogLevel, target: string, message: string): void {
    this.#said?.push(`${level} ${target}: ${message}`);
  }

  during<T>(work: () => T): {readonly value: T; readonly said: readonly string[]} {
    const said: string[] = [];
    this.#said = said;
    try {
      return {value: work(), said};
    } finally {
      this.#said = undefined;
    }
  }
}
