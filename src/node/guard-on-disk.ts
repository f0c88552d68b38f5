import type {Logger, Report, Result} from "#base";
import {
  createDiskSigningGuard,
  type GuardNotice,
  type GuardRefusal,
  type SigningGuard,
} from "#keystore";

/**
 * System errors after which a disk does not come back by itself: read-only, no right, gone, broken. Others (no
 * descriptor, no space, interrupted) pass, and what could not be written is tried again.
 */
const LASTING = ["EROFS", "EACCES", "EPERM", "ENOTDIR", "EIO"];

const NOTICES: Readonly<Record<GuardNotice["code"], string>> = {
  empty: "an empty record of a signature was removed: a full disk left it, and nothing was signed",
  damaged: "a record of a signature is damaged: its place counts as signed",
};

/** The signing guard of a node on disk: it says what it finds, and ends a node that can promise nothing any more. */
export function guardOnDisk(
  directory: string,
  {logger, onFatal}: {readonly logger: Logger; readonly onFatal: (report: Report) => void},
): SigningGuard {
  const guard = createDiskSigningGuard(directory, ({code, file}) =>
    logger.log("warn", "keystore", NOTICES[code], {file}),
  );
  let isLost = false;
  const check = <T>(answer: Result<T, GuardRefusal>) => {
    if (answer.ok || answer.error.code !== "guard-unwritable" || isLost) return;
    const {reason, file} = answer.error;
    isLost = LASTING.includes(reason);
    if (isLost) onFatal(diskUnwritable(file, reason));
  };
  return {
    take(...asked) {
      const taken = guard.take(...asked);
      check(taken);
      return taken;
    },
    last(...asked) {
      const last = guard.last(...asked);
      check(last);
      return last;
    },
  };
}

/** The disk cannot be written for good. `reason` is the system's error code. */
export function diskUnwritable(path: string, reason: string): Report {
  return {
    code: "disk-unwritable",
    what:
      reason === "EROFS"
        ? "the file system has become read-only"
        : "the node's files cannot be written any more",
    facts: [
      ["path", path],
      ["reason", reason],
    ],
    did: "stopped cleanly: nothing that was told to anybody is lost",
    todo: "see why (the system's log names a failing disk), make it writable, and start again",
  };
}
