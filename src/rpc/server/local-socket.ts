import {lstatSync, rmSync} from "node:fs";
import {connect} from "node:net";
import {err, ok, type Result} from "#base";

export type SocketFailure =
  | {readonly code: "path-too-long"; readonly path: string; readonly longest: number}
  /** Somebody answers there, or is not to be asked by us: another node that runs. */
  | {readonly code: "socket-in-use"; readonly path: string}
  /** Something else is there, which is not ours to remove. */
  | {readonly code: "path-taken"; readonly path: string}
  | {readonly code: "socket-refused"; readonly path: string; readonly reason: string};

/** Bytes of a path that the system can bind a socket to; the smallest of Linux and macOS. */
const LONGEST_PATH = 103;

/** All that others may not do with a file made from here on. */
const OWNER_ONLY = 0o177;

/** Sees to it that a socket can be made at a path: one that nobody answers at was left by a killed node. */
export async function clearPlace(path: string): Promise<Result<void, SocketFailure>> {
  if (Buffer.byteLength(path) > LONGEST_PATH) {
    return err({code: "path-too-long", path, longest: LONGEST_PATH});
  }
  const there = lstatSync(path, {throwIfNoEntry: false});
  if (there === undefined) return ok();
  if (!there.isSocket()) return err({code: "path-taken", path});
  if (await isAnswered(path)) return err({code: "socket-in-use", path});
  rmSync(path, {force: true});
  return ok();
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({path});
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    // One that we may not even try is not ours.
    socket.once("error", ({code}: NodeJS.ErrnoException) => {
      resolve(code !== "ECONNREFUSED" && code !== "ENOENT");
    });
  });
}

/** Runs what makes a file, so that there is no moment in which others could open it. */
export function withOwnerOnly(make: () => void): void {
  const before = process.umask(OWNER_ONLY);
  try {
    make();
  } finally {
    process.umask(before);
  }
}

/** For people: what happened, then what to do. */
export function describeSocketFailure(failure: SocketFailure): string {
  const elsewhere = "choose another place with --rpc-socket PATH, or none";
  switch (failure.code) {
    case "path-too-long":
      return `path-too-long: no socket can be made at ${failure.path}, which is longer than ${failure.longest} bytes\n  do  ${elsewhere}`;
    case "socket-in-use":
      return `socket-in-use: ${failure.path} is another program's, a node's that runs perhaps\n  do  stop it, or ${elsewhere}`;
    case "path-taken":
      return `path-taken: ${failure.path} is there and is no socket\n  do  remove it, or ${elsewhere}`;
    case "socket-refused":
      return `socket-refused: ${failure.path} (${failure.reason})\n  do  ${elsewhere}`;
  }
}
