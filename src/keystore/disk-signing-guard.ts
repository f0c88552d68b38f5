import {readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {bytesToHex, equalBytes, err, hexToBytes, ok, type Result} from "#base";
import {createFile, makeFolder, removeUnfinished} from "#durable-file";
import {keyFileName} from "./key-files.ts";
import {
  type GuardRefusal,
  PROMISES_KEPT,
  parsePlace,
  placeText,
  type SigningGuard,
  type SigningPromise,
} from "./signing-guard.ts";
import {systemErrorCode} from "./system-error.ts";

/** What the guard found wrong with its own records, for the operator. */
export interface GuardNotice {
  readonly file: string;
  /**
   * - `empty`: left by a full disk. Whoever wrote it went on to sign only once it was whole: nothing was signed, and
   *   it is removed.
   * - `damaged`: something may have been signed, and nobody knows what. The place stays taken.
   */
  readonly code: "empty" | "damaged";
}

/**
 * One file a promise, named after key and place and holding what was promised. It is made with "must not exist yet",
 * which the file system grants to one process only, and is on disk before the answer is yes. Of each key so many are
 * kept (`PROMISES_KEPT`); the lowest go, and what lies below those that stay is given to nobody.
 */
export function createDiskSigningGuard(
  directory: string,
  onNotice: (notice: GuardNotice) => void = () => {},
): SigningGuard {
  return new DiskSigningGuard(directory, onNotice);
}

class DiskSigningGuard implements SigningGuard {
  readonly #directory: string;
  readonly #onNotice: (notice: GuardNotice) => void;
  readonly #noticed = new Set<string>();
  #isSwept = false;

  constructor(directory: string, onNotice: (notice: GuardNotice) => void) {
    this.#directory = directory;
    this.#onNotice = onNotice;
  }

  take(...[keyType, publicKey, place, content]: Parameters<SigningGuard["take"]>) {
    const prefix = `${keyFileName(keyType, publicKey)}.`;
    const name = prefix + placeText(place);
    try {
      makeFolder(this.#directory, 0o700);
      const before = this.#answer(prefix, name, content);
      if (before !== undefined) return before;
      makeUnlessThere(join(this.#directory, name), bytesToHex(content));
      // Another process may have taken this place, or gone far beyond it, since the first look.
      const now = this.#answer(prefix, name, content);
      if (now?.ok) this.#forget(prefix, PROMISES_KEPT[keyType]);
      return now ?? err(this.#unwritable("ENOENT"));
    } catch (error) {
      return err(this.#unwritable(systemErrorCode(error)));
    }
  }

  last(...[keyType, publicKey]: Parameters<SigningGuard["last"]>) {
    const prefix = `${keyFileName(keyType, publicKey)}.`;
    try {
      for (const name of this.#names(prefix).reverse()) {
        const promise = this.#read(prefix, name);
        if (promise !== undefined) return ok(promise);
      }
      return ok(undefined);
    } catch (error) {
      const reason = systemErrorCode(error);
      return reason === "ENOENT" ? ok(undefined) : err(this.#unwritable(reason));
    }
  }

  /** What the promises of a key mean to somebody who wants a place; undefined where none stands in the way. */
  #answer(
    prefix: string,
    name: string,
    content: Uint8Array,
  ): Result<void, GuardRefusal> | undefined {
    const names = this.#names(prefix);
    const there = names.includes(name) ? this.#read(prefix, name) : undefined;
    if (there?.content !== undefined) {
      return equalBytes(there.content, content)
        ? ok()
        : err({code: "promised-otherwise", content: there.content});
    }
    const isBelowAll = names[0] !== undefined && names[0] > name;
    if (there === undefined && !isBelowAll) return undefined;
    return err({code: "already-signed", last: names.at(-1)!.slice(prefix.length)});
  }

  /** Names of the records of a key, the lowest place first. */
  #names(prefix: string): string[] {
    if (!this.#isSwept) removeUnfinished(this.#directory);
    this.#isSwept = true;
    return readdirSync(this.#directory)
      .filter(
        name => name.startsWith(prefix) && parsePlace(name.slice(prefix.length)) !== undefined,
      )
      .sort();
  }

  /** Undefined for an empty one, which is removed. */
  #read(prefix: string, name: string): SigningPromise | undefined {
    const file = join(this.#directory, name);
    const text = readFileSync(file, "utf8");
    if (text === "") {
      this.#notice("empty", file);
      rmSync(file, {force: true});
      return undefined;
    }
    const content = hexToBytes(text);
    if (content === undefined) this.#notice("damaged", file);
    return {place: parsePlace(name.slice(prefix.length))!, content};
  }

  #forget(prefix: string, kept: number): void {
    const names = this.#names(prefix);
    for (const old of names.slice(0, Math.max(0, names.length - kept))) {
      rmSync(join(this.#directory, old), {force: true});
    }
  }

  #notice(code: GuardNotice["code"], file: string): void {
    if (this.#noticed.has(file)) return;
    this.#noticed.add(file);
    this.#onNotice({code, file});
  }

  #unwritable(reason: string): GuardRefusal & {code: "guard-unwritable"} {
    return {code: "guard-unwritable", file: this.#directory, reason};
  }
}

function makeUnlessThere(file: string, content: string): void {
  try {
    createFile(file, content);
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") throw error;
  }
}
