import {type BackupFailure, describeKeystoreFailure} from "#keystore";
import {DeskError} from "../desk/desk-error.ts";

/** A failure about keys at rest, for their operator. */
export function keysError(failure: BackupFailure, file: string): DeskError {
  switch (failure.code) {
    case "keystore-empty":
      return new DeskError({
        code: failure.code,
        what: `there are no session keys in ${failure.directory}`,
        todo: "check --chain and --base-path; khala keys rotate makes keys in a running node",
      });
    case "backup-malformed":
      return new DeskError({
        code: failure.code,
        what: `${file} is no backup of session keys, or damaged`,
        todo: "use another copy; khala keys export makes them",
      });
    case "passphrase-wrong":
      return new DeskError({
        code: failure.code,
        what: `the passphrase does not open ${file}, or the file was changed`,
        todo: "try again, or use another copy",
      });
    case "guard-unreadable":
    case "guard-unwritable":
      return new DeskError({
        code: failure.code,
        what: `the record of what the keys signed last, ${failure.file}, cannot be ${failure.code === "guard-unreadable" ? "read" : "written"}; no key was moved`,
        facts: [["reason", failure.reason]],
        todo: "check the owner and the permissions of the folder, and the space on the disk",
      });
    default: {
      const code =
        failure.code === "secret-invalid" && failure.reason.code === "uri-empty"
          ? "secret-empty"
          : failure.code;
      const [first = "", second = ""] = describeKeystoreFailure(failure).split("\n  do  ");
      return new DeskError({
        code,
        what: first.slice(code.length + 2),
        todo: second,
      });
    }
  }
}
