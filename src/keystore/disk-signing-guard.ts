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
        const taken = readdirSync(directory).filter(file => file.startsWith(prefix));
        const last = taken.reduce((highest, file) => (file > highest ? file : highest), "");
        if (last > name) return err({code: "already-signed", last: last.slice(prefix.length)});
        const made = make(directory, name, bytesToHex(content));
        if (made.ok)
          for (const old of taken) if (old < name) rmSync(join(directory, old), {force: true});
        return made;
      } catch (error) {
        return err({code: "guard-unwritable", file: directory, reason: systemErrorCode(error)});
      }
    },
  };
}

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
