import type {Logger} from "#base";
import type {RuntimeLog} from "#wasm-runtime";
import type {LogFilter} from "./logging/index.ts";

/** Under which a runtime's words are told, whatever part of it speaks. */
export const RUNTIME_TARGET = "runtime";

/**
 * What runtimes of others log, at the level that the operator set for it by name (`--log runtime=debug`), and otherwise not at
 * all: anybody can send a transaction over which one panics.
 */
export function runtimeLog(
  logger: Logger,
  filter: Pick<LogFilter, "levelOf"> | undefined,
): RuntimeLog {
  return {
    level: () => filter?.levelOf(RUNTIME_TARGET),
    write: (level, target, message) => logger.log(level, RUNTIME_TARGET, message, {target}),
  };
}
