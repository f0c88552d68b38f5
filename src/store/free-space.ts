import {statfsSync} from "node:fs";
import {err, ok, type Result} from "#base";

/** Bytes that this user may still write where a path lies. */
export function freeSpace(path: string): number {
  const {bavail, bsize} = statfsSync(path);
  return bavail * bsize;
}

export type DiskLow = {code: "disk-low"; path: string; free: number; needed: number};

/** A failure when the file system of `path` has less than `needed` bytes left for this user. */
export function checkFreeSpace(path: string, needed: number): Result<void, DiskLow> {
  const {bavail, bsize} = statfsSync(path);
  const free = bavail * bsize;
  return free < needed ? err({code: "disk-low", path, free, needed}) : ok();
}
