import {type Report, type Result, withoutCredentials} from "#base";
import type {FlagValues} from "../flags/index.ts";

/** A flag whose value is of no use. */
export class FlagError extends Error {
  readonly report: Report & {readonly flag: string};

  constructor(flag: string, value: string, expected: string, todo = "see --help") {
    const given = value === "" ? `--${flag}` : `--${flag} ${withoutCredentials(value)}`;
    super(given);
    this.report = {
      flag,
      code: "flag-invalid",
      what: `${given}: expected ${expected}`,
      did: "not started",
      todo,
    };
  }
}

/** Reads flags that must be of a certain form; the first that is not throws `FlagError`. */
export class FlagReader {
  readonly values: FlagValues;

  constructor(values: FlagValues) {
    this.values = values;
  }

  count(flag: string, most = 1_000_000_000, least = 0): number | undefined {
    const text = this.values.one(flag);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const from = least === 0 ? "" : `from ${least} `;
    throw new FlagError(flag, text, `a whole number ${from}up to ${most}`);
  }

  choice<T extends string>(flag: string, options: readonly T[]): T | undefined {
    const text = this.values.one(flag);
    const found = options.find(option => option === text?.toLowerCase());
    if (text === undefined || found !== undefined) return found;
    throw new FlagError(flag, text, options.join(", "));
  }

  parsed<T>(flag: string, parse: (text: string) => Result<T, string>): T | undefined {
    const text = this.values.one(flag);
    if (text === undefined) return undefined;
    const value = parse(text);
    if (value.ok) return value.value;
    throw new FlagError(flag, text, value.error);
  }
}

/** Only what was given: the rest keeps its default. */
export function given<T extends object>(settings: T): {[K in keyof T]?: Exclude<T[K], undefined>} {
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as {[K in keyof T]?: Exclude<T[K], undefined>};
}

export function scaled(value: number | undefined, unit: number): number | undefined {
  return value === undefined ? undefined : value * unit;
}
