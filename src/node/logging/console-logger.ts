import {bytesToHex, type Clock, type LogFields, type Logger, type LogLevel} from "#base";

const LEVELS: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error"];

interface Levels {
  readonly general: LogLevel;
  readonly byTarget: ReadonlyMap<string, LogLevel>;
}

/**
 * What is said, per target: `info`, or `info,aura=debug`, as Substrate's `--log`. It may be changed while the node
 * runs, and goes back to how it began.
 */
export class LogFilter {
  readonly #initial: Levels;
  #levels: Levels;

  constructor(general: LogLevel, byTarget: ReadonlyMap<string, LogLevel>) {
    this.#initial = {general, byTarget};
    this.#levels = this.#initial;
  }

  /** Undefined when a directive names no level. */
  static parse(directives: readonly string[]): LogFilter | undefined {
    const levels = withDirectives({general: "info", byTarget: new Map()}, directives);
    return levels && new LogFilter(levels.general, levels.byTarget);
  }

  lets(level: LogLevel, target: string): boolean {
    const {general, byTarget} = this.#levels;
    return LEVELS.indexOf(level) >= LEVELS.indexOf(byTarget.get(target) ?? general);
  }

  /** The level that is set for a target by its own name; undefined where it goes by the general one. */
  levelOf(target: string): LogLevel | undefined {
    return this.#levels.byTarget.get(target);
  }

  /** False, and nothing is changed, when a directive names no level. */
  add(directives: string): boolean {
    const levels = withDirectives(this.#levels, [directives]);
    this.#levels = levels ?? this.#levels;
    return levels !== undefined;
  }

  reset(): void {
    this.#levels = this.#initial;
  }
}

/** Undefined when a directive names no level. */
function withDirectives(before: Levels, directives: readonly string[]): Levels | undefined {
  let {general} = before;
  const byTarget = new Map(before.byTarget);
  for (const directive of directives.flatMap(text => text.split(","))) {
    const [first, second] = directive.split("=");
    const level = LEVELS.find(known => known === (second ?? first)?.trim());
    if (level === undefined) return undefined;
    if (second === undefined) general = level;
    else byTarget.set(first!.trim(), level);
  }
  return {general, byTarget};
}

/** `substrate`: lines as Substrate's nodes write them, without targets. */
export type LogFormat = "text" | "json" | "substrate";

export interface ConsoleLoggerOptions {
  readonly format: LogFormat;
  readonly filter: LogFilter;
  readonly clock: Pick<Clock, "now">;
  readonly write: (line: string) => void;
}

function shown(value: unknown): string {
  if (value instanceof Uint8Array) return bytesToHex(value);
  if (value instanceof Error) return value.stack ?? value.message;
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  return JSON.stringify(value, replacer) ?? String(value);
}

function replacer(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return bytesToHex(value);
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Error) return value.stack ?? value.message;
  return value;
}

/** One line an event, for people or for machines. */
export function createConsoleLogger({format, filter, clock, write}: ConsoleLoggerOptions): Logger {
  const asText = (level: LogLevel, target: string, message: string, fields: LogFields) => {
    const end = format === "substrate" ? 19 : 23;
    const time = new Date(clock.now()).toISOString().slice(0, end).replace("T", " ");
    const mark = level === "info" ? "" : ` ${level.toUpperCase()}`;
    const from = format === "substrate" ? "" : ` [${target}]`;
    const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${shown(value)}`);
    return `${time}${mark}${from} ${message}${rest.join("")}`;
  };
  const asJson = (level: LogLevel, target: string, message: string, fields: LogFields) =>
    JSON.stringify(
      {time: new Date(clock.now()).toISOString(), level, target, message, ...fields},
      replacer,
    );
  return {
    log(level, target, message, fields = {}) {
      if (!filter.lets(level, target)) return;
      write((format === "json" ? asJson : asText)(level, target, message, fields));
    },
  };
}
