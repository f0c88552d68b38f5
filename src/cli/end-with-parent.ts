import type {ChildProcess} from "node:child_process";
import {readdirSync, rmSync} from "node:fs";

/** What a process says to one that it has started, and that is to end when it does. */
const WITH_ME = "end-with-parent";

/** What is of use to nobody when the parent is gone: the child's own folder, in one that it shares with others. */
export interface Temporary {
  readonly own: string;
  readonly shared: string;
}

interface Tied {
  readonly type: typeof WITH_ME;
  readonly temporary?: Temporary;
}

const isTied = (message: unknown): message is Tied =>
  (message as Partial<Tied> | null)?.type === WITH_ME;

/**
 * Has a child end with this process, however that ends: the system closes the channel between them even after -9.
 * Then nobody else is left to remove temporary folders.
 */
export function tie(child: ChildProcess, temporary?: Temporary): void {
  const message: Tied = {type: WITH_ME, ...(temporary && {temporary})};
  child.send(message, () => {
    // One that has ended before it heard of it is none to be tied.
  });
}

/**
 * Ends when whoever started this process and said so is gone; `forget`, called when all is stopped, removes what it
 * left. A channel of somebody else's is left alone.
 */
export function endWithParent(end: (forget: () => void) => void): void {
  if (process.channel === undefined) return;
  process.on("message", message => {
    if (!isTied(message)) return;
    const {temporary} = message;
    const leave = () => end(() => temporary !== undefined && remove(temporary));
    if (process.connected) process.once("disconnect", leave);
    else leave();
  });
  // It must not keep alive what is otherwise done.
  process.channel.unref();
}

/** The last one to end takes along what they shared. */
function remove({own, shared}: Temporary): void {
  rmSync(own, {recursive: true, force: true});
  if (!hasFolders(shared)) rmSync(shared, {recursive: true, force: true});
}

function hasFolders(path: string): boolean {
  try {
    return readdirSync(path, {withFileTypes: true}).some(entry => entry.isDirectory());
  } catch (error) {
    // Another one that saw itself as the last was faster.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
