import {bytesToHex, type LogLevel} from "#base";
import {hostTrap} from "../host-trap.ts";
import type {CallContext} from "./call-context.ts";
import {text, u32, u64, view} from "./forms.ts";
import {type HostFunction, ofGroup} from "./host-function.ts";

const define = ofGroup("logging");

/** By the numbers that runtimes log with. */
const LEVELS: readonly LogLevel[] = ["error", "warn", "info", "debug", "trace"];

/** 0 is silence, which is asked for where nobody listens: a panic says why all the same. */
function wanted({services: {log}}: CallContext): number {
  const level = log?.level();
  return level === undefined ? 0 : LEVELS.indexOf(level) + 1;
}

/** The words of a runtime end in logs and on screens, where a character may be a command. */
const printable = (words: string): string => words.replace(/\p{Cc}+/gu, " ");

/** Characters of the last error that are kept: a runtime that panics may print a whole structure. */
const MOST_OF_ERROR = 2_000;

function log(call: CallContext, level: number, target: string, message: string): void {
  const named = LEVELS[level] ?? "trace";
  const words = printable(message);
  if (named === "error") call.lastError = words.slice(0, MOST_OF_ERROR);
  if (level < wanted(call)) call.services.log?.write(named, printable(target), words);
}

const DEBUG = LEVELS.indexOf("debug");

/** A runtime's words (spec/wasm-engine §4.6). The last error is kept: it is what a panic says. */
export const loggingFunctions: readonly HostFunction[] = [
  define("logging_log_version_1", [u32, text, text], "nothing", log),
  define("logging_max_level_version_1", [], "i32", wanted),
  define("misc_print_num_version_1", [u64], "nothing", (call, number) =>
    log(call, DEBUG, "runtime", String(number)),
  ),
  define("misc_print_utf8_version_1", [text], "nothing", (call, message) =>
    log(call, DEBUG, "runtime", message),
  ),
  define("misc_print_hex_version_1", [view], "nothing", (call, bytes) =>
    log(call, DEBUG, "runtime", bytesToHex(bytes)),
  ),
  define("panic_handler_abort_on_panic_version_1", [text], "nothing", (_, message) => {
    hostTrap(printable(message));
  }),
];
