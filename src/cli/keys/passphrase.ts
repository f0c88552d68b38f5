import {DeskError} from "../desk/desk-error.ts";
import {readSecretFile} from "../desk/read-secret-file.ts";
import type {Flag, FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {readFile} from "./keystore-place.ts";

/** Eight characters are guessed within hours whatever the cost of a guess; they are the least, not enough. */
const LEAST = 8;

export const PASSPHRASE_FLAGS: readonly Flag[] = [
  {
    name: "passphrase-file",
    group: "Passphrase",
    values: "one",
    placeholder: "FILE",
    docs: "file of mode 600 with the passphrase in its first line; standard input where nothing is said",
  },
  {
    name: "passphrase-fd",
    group: "Passphrase",
    values: "one",
    placeholder: "NUMBER",
    docs: "an open file descriptor to read it from",
  },
];

/** The first line of wherever the passphrase comes from. */
export async function readPassphrase(values: FlagValues, terminal: Terminal): Promise<string> {
  const file = values.one("passphrase-file");
  const fd = values.one("passphrase-fd");
  if (fd !== undefined && !/^\d+$/.test(fd)) {
    throw new DeskError({
      code: "flag-invalid",
      what: `--passphrase-fd ${fd}: expected a number`,
      todo: "khala keys export … --passphrase-fd 3 3<FILE",
    });
  }
  const text =
    file !== undefined
      ? readSecretFile(file)
      : fd !== undefined
        ? readFile(Number(fd))
        : await terminal.readStdin();
  const [passphrase = ""] = text.split(/\r?\n/);
  if (passphrase.trim() === "") {
    throw new DeskError({
      code: "passphrase-empty",
      what: "the passphrase is empty",
      todo: "see what the file or the pipe it comes from holds",
    });
  }
  if (passphrase.length >= LEAST) return passphrase;
  throw new DeskError({
    code: "passphrase-short",
    what: `the passphrase has ${passphrase.length} characters, and needs at least ${LEAST}`,
    todo: "several random words make a good one",
  });
}
