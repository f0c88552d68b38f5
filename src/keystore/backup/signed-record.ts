import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {err, hexToBytes, ok, type Result} from "#base";
import {createDiskSigningGuard} from "../disk-signing-guard.ts";
import {publicKeyOfFileName} from "../key-files.ts";
import {KEY_TYPES, type KeyType} from "../key-types.ts";
import {parsePlace} from "../signing-guard.ts";
import {systemErrorCode} from "../system-error.ts";
import type {GuardFolderFailure} from "./key-backup.ts";

/** What each key signed last, as the guard's folder has it; nothing where there is no folder. */
export function readSigned(
  directory: string,
): Result<Readonly<Record<string, string>>, GuardFolderFailure> {
  try {
    return ok(recordsOf(directory));
  } catch (error) {
    const reason = systemErrorCode(error);
    // Only a folder that is not there is an empty one: keys that go on without their record could sign twice.
    return reason === "ENOENT" && !existsSync(directory)
      ? ok({})
      : err({code: "guard-unreadable", file: directory, reason});
  }
}

function recordsOf(directory: string): Record<string, string> {
  const records: Record<string, string> = {};
  for (const name of readdirSync(directory).sort()) {
    if (parseName(name) === undefined) continue;
    const content = readFileSync(join(directory, name), "utf8");
    // An empty file was never signed for (`createDiskSigningGuard`).
    if (content !== "") records[name] = content;
  }
  return records;
}

/** Takes over what was signed elsewhere. What was signed here for later places counts more, and stays. */
export function takeSigned(
  directory: string,
  signed: Readonly<Record<string, string>>,
): Result<void, GuardFolderFailure> {
  const guard = createDiskSigningGuard(directory);
  // The lowest places first, as they were taken.
  for (const [name, content] of Object.entries(signed).sort()) {
    const parsed = parseName(name);
    if (parsed === undefined) continue;
    // Of a damaged record the place moves along, so that it stays taken.
    const bytes = hexToBytes(content) ?? new Uint8Array(0);
    const taken = guard.take(parsed.keyType, parsed.publicKey, parsed.place, bytes);
    if (!taken.ok && taken.error.code === "guard-unwritable") return err(taken.error);
  }
  return ok();
}

function parseName(
  name: string,
): {keyType: KeyType; publicKey: Uint8Array; place: readonly number[]} | undefined {
  const [key = "", place = ""] = name.split(".");
  const numbers = parsePlace(place);
  if (numbers === undefined) return undefined;
  for (const keyType of Object.keys(KEY_TYPES) as KeyType[]) {
    const publicKey = publicKeyOfFileName(keyType, key);
    if (publicKey === undefined) continue;
    return {keyType, publicKey, place: numbers};
  }
  return undefined;
}
