import {existsSync, rmSync} from "node:fs";
import {err, ok, type Result} from "#base";
import {type LockFailure, lockDirectory} from "./directory-lock.ts";
import {chainFolders} from "./layout.ts";

/** Removes the chain's database and leaves its keys; says whether there was one. */
export function purgeChain(basePath: string, chainId: string): Result<boolean, LockFailure> {
  const folders = chainFolders(basePath, chainId);
  if (!existsSync(folders.database)) {
    // Of a database that got lost: from here on it is meant to begin anew.
    const wasBegun = existsSync(folders.marker);
    rmSync(folders.marker, {force: true});
    return ok(wasBegun);
  }
  const lock = lockDirectory(folders.lock);
  if (!lock.ok) return err(lock.error);
  // Killed in between, what is left is a database that got lost, and purging again ends it.
  rmSync(folders.database, {recursive: true});
  rmSync(folders.marker, {force: true});
  return ok(true);
}
