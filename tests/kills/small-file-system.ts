import {spawnSync} from "node:child_process";
import {mkdirSync, rmSync, statfsSync, writeFileSync} from "node:fs";
import {join} from "node:path";

/** A file system of its own, of so many MiB, that can be filled to the last byte; undefined where we may not mount one. */
export function mountSmall(directory: string, mebibytes: number): SmallFileSystem | undefined {
  mkdirSync(directory, {recursive: true});
  const mounted = spawnSync("mount", [
    "-t",
    "tmpfs",
    "-o",
    `size=${mebibytes}m`,
    "tmpfs",
    directory,
  ]);
  return mounted.status === 0 ? new SmallFileSystem(directory) : undefined;
}

export class SmallFileSystem {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** Takes all that is left but so many bytes. */
  fill(left: number): void {
    const {bavail, bsize} = statfsSync(this.directory);
    try {
      writeFileSync(this.#filler, Buffer.alloc(Math.max(0, bavail * bsize - left)));
    } catch (error) {
      // Somebody wrote meanwhile: it is as full as can be.
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }

  clear(): void {
    rmSync(this.#filler, {force: true});
  }

  unmount(): void {
    spawnSync("umount", ["-l", this.directory]);
  }

  get #filler(): string {
    return join(this.directory, "filler");
  }
}
