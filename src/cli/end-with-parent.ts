import type {ChildProcess} from "node:child_process";

/** What a process says to one that it has started, and that is to end when it does. */
const WITH_ME = "end-with-parent";

/** Has a child end with this process, however that ends: the system closes the channel between them even after -9. */
export function tie(child: ChildProcess): void {
  child.send(WITH_ME, () => {
    // One that has ended before it heard of it is none to be tied.
  });
}

/** Ends when whoever started this process and said so is gone. A channel of somebody else's is left alone. */
export function endWithParent(end: () => void): void {
  if (process.channel === undefined) return;
  process.on("message", message => {
    if (message !== WITH_ME) return;
    if (process.connected) process.once("disconnect", end);
    else end();
  });
  // It must not keep alive what is otherwise done.
  process.channel.unref();
}
