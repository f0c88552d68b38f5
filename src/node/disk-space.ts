import {accessSync, constants} from "node:fs";
import {type Clock, err, millis, type Report, type Result} from "#base";
import {checkFreeSpace, type DiskLow} from "#store";
import type {NodeConfiguration} from "./configuration.ts";
import {diskUnwritable} from "./guard-on-disk.ts";

function diskLow({path, free, needed}: DiskLow): Report {
  const mebibytes = (bytes: number) => `${Math.floor(bytes / 1_048_576)} MiB`;
  return {
    code: "disk-low",
    what: "too little space is left for the database",
    facts: [
      ["path", path],
      ["free", mebibytes(free)],
      ["needed", mebibytes(needed)],
    ],
    did: "stopped cleanly: nothing that was told to anybody is lost",
    todo: "make room, or move --base-path, and start again",
  };
}

/** A failure, in words, when less than the bound is free where the database is. */
export function checkDisk({
  basePath,
  minFreeSpace,
}: Pick<NodeConfiguration, "basePath" | "minFreeSpace">): Result<void, Report> {
  const free = checkFreeSpace(basePath, minFreeSpace);
  return free.ok ? free : err(diskLow(free.error));
}

/** A file system that became read-only is not found out by a node that has nothing to write. */
function unwritable(path: string): Report | undefined {
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return diskUnwritable(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** Looks now and then at the free space, and whether it can be written to; returns how to stop looking. */
export function watchDisk(
  configuration: NodeConfiguration,
  clock: Clock,
  onFatal: (report: Report) => void,
): () => void {
  const abort = new AbortController();
  const watch = async () => {
    for (;;) {
      await clock.until(millis(clock.now() + configuration.freeSpaceInterval), abort.signal);
      const disk = checkDisk(configuration);
      const failure = disk.ok ? unwritable(configuration.basePath) : disk.error;
      if (failure !== undefined) {
        onFatal(failure);
        return;
      }
    }
  };
  watch().catch((error: unknown) => {
    if (abort.signal.aborted) return;
    onFatal({code: "disk-unreadable", what: String(error), did: "stopped cleanly"});
  });
  return () => abort.abort(new Error("stopping"));
}
