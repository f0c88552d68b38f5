import {readFileSync} from "node:fs";

/** Tells a process from a later one with the same id. */
export type ProcessIdentity = {
  pid: number;
  /** When it started, in ticks since the machine did; absent where the system does not tell. */
  startTime?: string;
  /** Which start of the machine that was. */
  bootId?: string;
};

/** Zombie and dead (proc(5)): it has ended, and holds nothing, whether or not its parent ever asks for its end. */
const DEAD = ["Z", "X", "x"];

/** Undefined where no such process runs. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const bootId = readIfThere("/proc/sys/kernel/random/boot_id");
  if (bootId === undefined) return isAlive(pid) ? {pid} : undefined;
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The name in parentheses may have spaces and parentheses itself; after it, the state, and as the 20th the start.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  const [state = "", startTime] = [fields[0], fields[19]];
  const isGone = startTime === undefined || DEAD.includes(state);
  return isGone ? undefined : {pid, startTime, bootId: bootId.trim()};
}

export function isRunning(identity: ProcessIdentity): boolean {
  const now = identityOf(identity.pid);
  if (now === undefined) return false;
  return now.startTime === identity.startTime && now.bootId === identity.bootId;
}

/** Not every system has /proc, and not every file of it is ours to read: then the process counts as unknown. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
