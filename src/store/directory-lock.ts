import {linkSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {err, invariant, ok, type Result} from "#base";
import {makeFolder} from "#durable-file";
import {identityOf, isRunning, type ProcessIdentity} from "./process-identity.ts";

export type DirectoryLock = {
  /** Whether it was held by a process that ended without letting others in. */
  readonly wasLeft: boolean;
  /** Lets others in. May be called again. */
  release(): void;
};

export type LockFailure = {code: "database-locked"; file: string; pid: number};

/**
 * Keeps a second process out by a file that names this one. A file left behind by a process that is no more (also
 * when its id is taken by another one since, or after a restart of the machine) is taken over.
 *
 * It does not see processes of other machines or containers that share the folder.
 */
export function lockDirectory(file: string): Result<DirectoryLock, LockFailure> {
  const identity = identityOf(process.pid);
  invariant(identity !== undefined, "this process runs");
  const content = JSON.stringify(identity);
  makeFolder(dirname(file));
  let wasLeft = false;
  while (!createFile(file, content)) {
    const found = readFile(file);
    if (found === undefined) continue;
    const holder = runningHolder(found);
    if (holder !== undefined) return err({code: "database-locked", file, pid: holder.pid});
    removeStale(file, found);
    wasLeft = true;
  }
  return ok({
    wasLeft,
    release() {
      try {
        if (readFile(file) === content) rmSync(file, {force: true});
      } catch {
        // It stays where it cannot be looked at now: a process that has ended holds nothing.
      }
    },
  });
}

/** The process that holds a folder by this file, as far as this machine shows it; undefined when none does. */
export function lockHolder(file: string): number | undefined {
  return runningHolder(readFile(file) ?? "")?.pid;
}

function runningHolder(content: string): ProcessIdentity | undefined {
  const holder = parse(content);
  return holder !== undefined && isRunning(holder) ? holder : undefined;
}

/** False where the file exists. The content is there from the first moment: it is written beside and linked. */
function createFile(file: string, content: string): boolean {
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, content);
  try {
    linkSync(beside, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(beside, {force: true});
  }
}

function readFile(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Of several that find the same stale file one moves it away; one that got hold of a newer file puts it back. */
function removeStale(file: string, expected: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (readFile(aside) !== expected) {
    try {
      linkSync(aside, file);
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
  rmSync(aside, {force: true});
}

/** Undefined for anything that no process of ours wrote. */
function parse(content: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(content);
    const isIdentity = typeof value === "object" && value !== null && "pid" in value;
    return isIdentity && Number.isInteger(value.pid) ? (value as ProcessIdentity) : undefined;
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code;
}
