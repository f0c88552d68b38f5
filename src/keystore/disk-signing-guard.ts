import {mkdirSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {bytesToHex, err, hexToBytes, ok, type Result} from "#base";
import {createFile, removeUnfinished} from "#durable-file";
import {keyFileName} from "./key-files.ts";
import {
  type GuardRefusal,
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
 * One file a key, named after the last place it promised and holding to what. It is made with "must not exist yet",
 * which the file system grants to one process only, and is on disk before the answer is yes. Older files go after.
 */
export function createDiskSigningGuard(
  directory: string,
  onNotice: (notice: GuardNotice) => void = () => {},
): SigningGuard {
  const noticed = new Set<string>();
  const notice = (code: GuardNotice["code"], file: string) => {
    if (noticed.has(file)) return;
    noticed.add(file);
    onNotice({code, file});
  };
  let isSwept = false;
  /** The files of a key, the last of them first, and what it promises. */
  const look = (prefix: string): {names: string[]; promise: SigningPromise | undefined} => {
    if (!isSwept) removeUnfinished(directory);
    isSwept = true;
    const names = namesOf(directory, prefix);
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const file = join(directory, name);
      const text = readFileSync(file, "utf8");
      const place = parsePlace(name.slice(prefix.length))!;
      if (text === "") {
        notice("empty", file);
        rmSync(file, {force: true});
        continue;
      }
      const content = hexToBytes(text);
      if (content === undefined) notice("damaged", file);
      return {names: [name, ...names], promise: {place, content}};
    }
    return {names: [], promise: undefined};
  };
  return {
    take(keyType, publicKey, place, content) {
      const prefix = `${keyFileName(keyType, publicKey)}.`;
      const name = prefix + placeText(place);
      try {
        mkdirSync(directory, {recursive: true, mode: 0o700});
        const before = answer(look(prefix).promise, place, content);
        if (before !== undefined) return before;
        makeUnlessThere(join(directory, name), bytesToHex(content));
        // Another process may have taken this place, or gone beyond it, since the first look.
        const now = look(prefix);
        const refused = answer(now.promise, place, content);
        if (refused === undefined || !refused.ok) return refused ?? err(gone(directory));
        for (const old of now.names) if (old < name) rmSync(join(directory, old), {force: true});
        return ok();
      } catch (error) {
        return err({code: "guard-unwritable", file: directory, reason: systemErrorCode(error)});
      }
    },
    last(keyType, publicKey) {
      try {
        return ok(look(`${keyFileName(keyType, publicKey)}.`).promise);
      } catch (error) {
        const reason = systemErrorCode(error);
        if (reason === "ENOENT") return ok(undefined);
        return err({code: "guard-unwritable", file: directory, reason});
      }
    },
  };
}

/** What a promise means to somebody who wants a place; undefined where it does not stand in the way. */
function answer(
  promise: SigningPromise | undefined,
  place: readonly number[],
  content: Uint8Array,
): Result<void, GuardRefusal> | undefined {
  if (promise === undefined) return undefined;
  const [last, wanted] = [placeText(promise.place), placeText(place)];
  if (last < wanted) return undefined;
  if (last > wanted || promise.content === undefined) return err({code: "already-signed", last});
  return bytesToHex(promise.content) === bytesToHex(content)
    ? ok()
    : err({code: "promised-otherwise", content: promise.content});
}

/** Somebody removes files under our hands: nothing is signed on such ground. */
const gone = (directory: string) =>
  ({code: "guard-unwritable", file: directory, reason: "ENOENT"}) as const;

/** The highest place first. */
function namesOf(directory: string, prefix: string): string[] {
  return readdirSync(directory)
    .filter(name => name.startsWith(prefix) && parsePlace(name.slice(prefix.length)) !== undefined)
    .sort()
    .reverse();
}

function makeUnlessThere(file: string, content: string): void {
  try {
    createFile(file, content);
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") throw error;
  }
}
