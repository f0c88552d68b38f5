import {readFileSync} from "node:fs";

/** POSIX' number of SIGHUP. */
const HANGUP = 1;

/**
 * Signals that ask a process to end: those of Ctrl-C and of whoever runs services, and that of a terminal which is closed. Under
 * `nohup` the last is ignored, which a handler of ours would undo, and only Linux says so; elsewhere it ends the process as the
 * system has it.
 */
export function endSignals(ignored = ignoredSignals()): readonly NodeJS.Signals[] {
  const isHeard = ignored !== undefined && (ignored & (1n << BigInt(HANGUP - 1))) === 0n;
  return ["SIGINT", "SIGTERM", ...(isHeard ? (["SIGHUP"] as const) : [])];
}

/** A bit for each signal that this process ignores (proc(5), SigIgn); undefined where nobody says. */
function ignoredSignals(): bigint | undefined {
  try {
    const found = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"));
    return found === null ? undefined : BigInt(`0x${found[1]}`);
  } catch {
    // Another system than Linux.
    return undefined;
  }
}
