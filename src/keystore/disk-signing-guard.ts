import {mkdirSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {bytesToHex, err, ok, type Result} from "#base";
import {keyFileName} from "./key-files.ts";
import {type GuardRefusal, placeText, type SigningGuard} from "./signing-guard.ts";
import {systemErrorCode} from "./system-error.ts";
import {createDurably, syncDirectory} from "./write-durably.ts";

/**
 * One file a key, named after the last place it signed for and holding what. It is made with "must not exist yet",
 * which the file system grants to one process only, and is on disk before the answer is yes. Older files go after.
 */
export function createDiskSigningGuard(directory: string): SigningGuard {
  return {
    take(keyType, publicKey, place, content) {
      const prefix = `${keyFileName(keyType, publicKey)}.`;
      const text = placeText(place);
      const name = prefix + text;
      try {
        mkdirSync(directory, {recursive: true, mode: 0o700});
        const before = placesOf(directory, prefix);
        if (before.last > name) return alreadySigned(before.last, prefix);
        const made = make(directory, name, bytesToHex(content));
        if (!made.ok) return made;
        // Another process may have signed beyond this place, and removed its file, since the first look.
        const now = placesOf(directory, prefix);
        if (now.last > name) return alreadySigned(now.last, prefix);
        for (const old of now.files) if (old < name) rmSync(join(directory, old), {force: true});
        return ok();
      } catch (error) {
        return err({code: "guard-unwritable", file: directory, reason: systemErrorCode(error)});
      }
    },
  };
}

function placesOf(directory: string, prefix: string) {
  const files = readdirSync(directory).filter(file => file.startsWith(prefix));
  return {files, last: files.reduce((highest, file) => (file > highest ? file : highest), "")};
}

const alreadySigned = (file: string, prefix: string): Result<never, GuardRefusal> =>
  err({code: "already-signed", last: file.slice(prefix.length)});

function make(directory: string, name: string, content: string): Result<void, GuardRefusal> {
  const file = join(directory, name);
  try {
    createDurably(file, content);
    syncDirectory(directory);
    return ok();
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") throw error;
    const isSame = readFileSync(file, "utf8") === content;
    return isSame ? ok() : err({code: "already-signed", last: name.slice(name.indexOf(".") + 1)});
  }
}
