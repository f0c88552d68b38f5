import {readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {err, ok, type Result} from "#base";
import {replaceFile} from "#durable-file";
import {keyFileName} from "./key-files.ts";
import {type KeyStop, type KeyStops, parseKeyStop, stoppedKey} from "./key-stops.ts";
import type {KeystoreFailure} from "./keystore-failure.ts";
import {systemErrorCode} from "./system-error.ts";

/** What stands behind the name of a key's file: no key has such a name, and whoever copies the folder takes it along. */
const ENDING = ".stopped";

/** One file a stopped key, beside it. Files are the truth: a stop that another process ends is over at once. */
export function createDiskKeyStops(directory: string): KeyStops {
  /** Where the disk had no room for them. */
  const unwritten = new Map<string, KeyStop>();
  const fileOf = (name: string) => join(directory, name + ENDING);
  const refused = (name: string, error: unknown): Result<never, KeystoreFailure> =>
    err({code: "key-file-unwritable", file: fileOf(name), reason: systemErrorCode(error)});
  const read = (name: string): KeyStop | undefined => {
    try {
      return parseKeyStop(readFileSync(fileOf(name), "utf8"));
    } catch (error) {
      const reason = systemErrorCode(error);
      if (reason === "ENOENT") return unwritten.get(name);
      // Not known is not allowed; it is asked again for the next signature.
      return {what: `${fileOf(name)} cannot be read: ${reason}`, at: 0};
    }
  };
  return {
    all() {
      const written = readdirSync(directory)
        .filter(file => file.endsWith(ENDING))
        .map(file => file.slice(0, -ENDING.length));
      return [...new Set([...written, ...unwritten.keys()])].flatMap(name => {
        const stop = read(name);
        return stop === undefined ? [] : (stoppedKey(name, stop) ?? []);
      });
    },
    of: (keyType, publicKey) => read(keyFileName(keyType, publicKey)),
    stop(keyType, publicKey, stop) {
      const name = keyFileName(keyType, publicKey);
      try {
        replaceFile(fileOf(name), `${JSON.stringify(stop)}\n`);
        return ok();
      } catch (error) {
        unwritten.set(name, stop);
        return refused(name, error);
      }
    },
    resume(keyType, publicKey) {
      const name = keyFileName(keyType, publicKey);
      const wasThere = read(name) !== undefined;
      unwritten.delete(name);
      try {
        rmSync(fileOf(name), {force: true});
        return ok(wasThere);
      } catch (error) {
        return refused(name, error);
      }
    },
  };
}
