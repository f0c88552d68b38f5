export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";
export type LogFields = Readonly<Record<string, unknown>>;

/** Where words for people go. `target` names the speaking part, as in Substrate's `--log aura=debug`. */
export interface Logger {
  log(level: LogLevel, target: string, message: string, fields?: LogFields): void;
}

export const silentLogger: Logger = {log() {}};
