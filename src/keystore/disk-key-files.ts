import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {err, ok, type Result} from "#base";
import {replaceFile} from "#durable-file";
import type {KeyFiles} from "./key-files.ts";
import type {KeystoreFailure} from "./keystore-failure.ts";
import {systemErrorCode} from "./system-error.ts";

const ACCESS_OF_OTHERS = 0o077;

/** Key files in one folder. A file is whole or not there at all, also after a crash in the middle of a write. */
export class DiskKeyFiles implements KeyFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  check(): Result<void, KeystoreFailure> {
    try {
      readdirSync(this.#directory);
      return ok();
    } catch (error) {
      const reason = systemErrorCode(error);
      return err({code: "key-file-unreadable", file: this.#directory, reason});
    }
  }

  names(): readonly string[] {
    return readdirSync(this.#directory);
  }

  has(name: string): boolean {
    return existsSync(this.describe(name));
  }

  describe(name: string): string {
    return join(this.#directory, name);
  }

  read(name: string): Result<string | undefined, KeystoreFailure> {
    const file = this.describe(name);
    let content: string;
    try {
      const {mode} = statSync(file);
      // Windows has no such bits, and shows all of them set.
      if ((mode & ACCESS_OF_OTHERS) !== 0 && process.platform !== "win32") {
        return err({code: "key-file-exposed", file, mode: (mode & 0o777).toString(8)});
      }
      content = readFileSync(file, "utf8");
    } catch (error) {
      const reason = systemErrorCode(error);
      return reason === "ENOENT" ? ok(undefined) : err({code: "key-file-unreadable", file, reason});
    }
    const secretUri = parseJsonString(content);
    return secretUri === undefined
      ? err({code: "key-file-corrupt", file, expected: "a JSON string"})
      : ok(secretUri);
  }

  write(name: string, secretUri: string): Result<void, KeystoreFailure> {
    const file = this.describe(name);
    try {
      replaceFile(file, JSON.stringify(secretUri));
      return ok();
    } catch (error) {
      return err({code: "key-file-unwritable", file, reason: systemErrorCode(error)});
    }
  }
}

function parseJsonString(content: string): string | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === "string" ? value : undefined;
  } catch {
    // The parser's message would quote the content, which is a secret.
    return undefined;
  }
}
