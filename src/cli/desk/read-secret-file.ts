import {readFileSync, statSync} from "node:fs";
import {DeskError} from "./desk-error.ts";

const ACCESS_OF_OTHERS = 0o077;

/** A secret from a file that nobody else can read; refused with words otherwise, none of which repeats it. */
export function readSecretFile(file: string): string {
  try {
    const {mode} = statSync(file);
    if ((mode & ACCESS_OF_OTHERS) !== 0 && process.platform !== "win32") {
      throw new DeskError({
        code: "key-file-exposed",
        what: `${file} has mode ${(mode & 0o777).toString(8)}: others on this machine can read the secret`,
        todo: `chmod 600 '${file}'`,
      });
    }
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof DeskError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? "unreadable";
    throw new DeskError({
      code: "key-file-unreadable",
      what: `${file} cannot be read`,
      facts: [["reason", reason]],
      todo: "check the path and its permissions",
    });
  }
}
