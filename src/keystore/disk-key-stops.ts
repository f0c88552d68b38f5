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
  /** Where the disk had no room for them: in force here, and written as soon as there is some. */
  const unwritten = new Map<string, KeyStop>();
  const fileOf = (name: string) => join(directory, name + ENDING);
  const failed = (
    code: "key-file-unreadable" | "key-file-unwritable",
    file: string,
    error: unknown,
  ) => err({code, file, reason: systemErrorCode(error)} as const);

  const read = (name: string): Result<KeyStop | undefined, KeystoreFailure> => {
    try {
      return ok(parseKeyStop(readFileSync(fileOf(name), "utf8")));
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return ok(unwritten.get(name));
      return failed("key-file-unreadable", fileOf(name), error);
    }
  };
  const write = (name: string, stop: KeyStop): Result<void, KeystoreFailure> => {
    try {
      replaceFile(fileOf(name), `${JSON.stringify(stop)}\n`);
      unwritten.delete(name);
      return ok();
    } catch (error) {
      unwritten.set(name, stop);
      return failed("key-file-unwritable", fileOf(name), error);
    }
  };

  return {
    all() {
      for (const [name, stop] of [...unwritten]) write(name, stop);
      let written: string[];
      try {
        written = readdirSync(directory).filter(file => file.endsWith(ENDING));
      } catch (error) {
        return failed("key-file-unreadable", directory, error);
      }
      const names = written.map(file => file.slice(0, -ENDING.length));
      const stopped = [];
      for (const name of new Set([...names, ...unwritten.keys()])) {
        const stop = read(name);
        if (!stop.ok) return stop;
        const key = stop.value && stoppedKey(name, stop.value);
        if (key !== undefined) stopped.push(key);
      }
      return ok(stopped);
    },
    of: (keyType, publicKey) => read(keyFileName(keyType, publicKey)),
    stop: (keyType, publicKey, stop) => write(keyFileName(keyType, publicKey), stop),
    resume(keyType, publicKey) {
      const name = keyFileName(keyType, publicKey);
      const before = read(name);
      if (!before.ok) return before;
      unwritten.delete(name);
      try {
        rmSync(fileOf(name), {force: true});
        return ok(before.value !== undefined);
      } catch (error) {
        return failed("key-file-unwritable", fileOf(name), error);
      }
    },
  };
}
