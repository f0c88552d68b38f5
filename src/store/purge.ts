import {existsSync, rmSync} from "node:fs";
import {err, ok, type Result} from "#base";
import {type LockFailure, lockDirectory} from "./directory-lock.ts";
import {chainFolders} from "./layout.ts";

/** Removes the chain's database and leaves its keys; says whether there was one. */
export function purgeChain(basePath: string, chainId: string): Result<boolean, LockFailure> {
  const folders = chainFolders(basePath, chainId);
  if (!existsSync(folders.database)) return ok(false);
  const lock = lockDirectory(folders.lock);
  if (!lock.ok) return err(lock.error);
  rmSync(folders.database, {recursive: true});
  return ok(true);
}
