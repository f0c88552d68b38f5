import {createHash} from "node:crypto";
import {bytesToHex, err, type Hex, hexToBytes, ok, type Result} from "#base";
import {DiskKeyFiles} from "../disk-key-files.ts";
import {createDiskKeyStops} from "../disk-key-stops.ts";
import {keyFileName, keyTypeOfFileName, publicKeyOfFileName} from "../key-files.ts";
import type {KeyStop} from "../key-stops.ts";
import {isKeyType, isKeyTypeId, KEY_TYPES, type KeyTypeId} from "../key-types.ts";
import type {Keystore} from "../keystore.ts";
import type {KeystoreFailure} from "../keystore-failure.ts";
import {freshDerivation, isBearable, type KeyDerivation, seal, unseal} from "./sealed-box.ts";

/** Named in the file's first line, so that a later form can be told from this one. */
const FORMAT = "khala-keys/1";

export interface BackedUpKey {
  readonly type: KeyTypeId;
  readonly public: Hex;
}

/**
 * A file of session keys: who they are for all to see, their secrets sealed. It also says what each key signed last,
 * so that wherever the keys go on, nothing is signed a second time.
 */
export interface KeyBackup {
  readonly format: typeof FORMAT;
  /** The id of the chain that they are for; null where it was not known. */
  readonly chain: string | null;
  readonly keys: readonly BackedUpKey[];
  /** Names and contents of the signing guard's files. */
  readonly signed: Readonly<Record<string, string>>;
  /** Why keys are stopped, by the names of their files; not there in backups of before there were stops. */
  readonly stopped?: Readonly<Record<string, KeyStop>>;
  readonly derivation: KeyDerivation;
  readonly sealed: string;
}

export type BackupFailure =
  | KeystoreFailure
  | {readonly code: "keystore-empty"; readonly directory: string}
  | {readonly code: "backup-malformed"}
  | {readonly code: "passphrase-wrong"}
  | GuardFolderFailure;

/** `reason` is the system's error code. */
export type GuardFolderFailure = {
  readonly code: "guard-unreadable" | "guard-unwritable";
  readonly file: string;
  readonly reason: string;
};

/** What the sealed part is bound to. */
const contextOf = ({chain, keys, signed, stopped, derivation}: Omit<KeyBackup, "sealed">): string =>
  JSON.stringify([
    FORMAT,
    chain,
    keys,
    signed,
    derivation,
    ...(stopped === undefined ? [] : [stopped]),
  ]);

/** Seals every session key of a folder, the keystore of that chain. */
export function sealKeys(
  {directory, chain}: {readonly directory: string; readonly chain: string | null},
  signed: Readonly<Record<string, string>>,
  passphrase: string,
): Result<KeyBackup, BackupFailure> {
  const files = new DiskKeyFiles(directory);
  const readable = files.check();
  if (!readable.ok) return readable;
  const keys: BackedUpKey[] = [];
  const secrets: string[] = [];
  const stops = createDiskKeyStops(directory);
  const stopped: Record<string, KeyStop> = {};
  const names = [...files.names()].sort();
  // Those that sign blocks and votes first.
  const types = new Set<KeyTypeId>(Object.keys(KEY_TYPES));
  for (const type of names.map(keyTypeOfFileName)) if (type !== undefined) types.add(type);
  for (const type of types) {
    for (const name of names) {
      const publicKey = publicKeyOfFileName(type, name);
      if (publicKey === undefined) continue;
      const secret = files.read(name);
      if (!secret.ok) return secret;
      if (secret.value === undefined) continue;
      keys.push({type, public: bytesToHex(publicKey)});
      const stop = isKeyType(type) ? stops.of(type, publicKey) : ok(undefined);
      if (!stop.ok) return stop;
      if (stop.value !== undefined) stopped[name] = stop.value;
      secrets.push(secret.value);
    }
  }
  if (keys.length === 0) return err({code: "keystore-empty", directory});
  const open = {
    format: FORMAT,
    chain,
    keys,
    signed,
    ...(Object.keys(stopped).length === 0 ? {} : {stopped}),
    derivation: freshDerivation(),
  } as const;
  const sealed = seal(JSON.stringify(secrets), contextOf(open), passphrase, open.derivation);
  return ok({...open, sealed});
}

export function parseBackup(text: string): Result<KeyBackup, BackupFailure> {
  const malformed = err({code: "backup-malformed"} as const);
  let value: Partial<KeyBackup> | null;
  try {
    value = JSON.parse(text) as Partial<KeyBackup> | null;
  } catch {
    return malformed;
  }
  const {format, chain, keys, signed, stopped, derivation, sealed} = value ?? {};
  const isWhole =
    format === FORMAT &&
    (chain === null || typeof chain === "string") &&
    Array.isArray(keys) &&
    keys.every(isKey) &&
    signed !== null &&
    typeof signed === "object" &&
    Object.values(signed).every(content => typeof content === "string") &&
    (stopped === undefined || areStops(stopped)) &&
    derivation !== null &&
    typeof derivation === "object" &&
    isBearable(derivation) &&
    typeof sealed === "string" &&
    /^([0-9a-f]{2})+$/.test(sealed);
  if (!isWhole) return malformed;
  const stops = stopped === undefined ? {} : {stopped};
  return ok({format, chain, keys, signed, ...stops, derivation, sealed} as KeyBackup);
}

function areStops(stopped: unknown): boolean {
  return (
    stopped !== null &&
    typeof stopped === "object" &&
    Object.values(stopped).every(
      stop => typeof stop?.what === "string" && Number.isSafeInteger(stop?.at),
    )
  );
}

function isKey(key: unknown): key is BackedUpKey {
  if (key === null || typeof key !== "object") return false;
  const {type, public: publicKey} = key as Partial<Record<"type" | "public", unknown>>;
  return (
    typeof type === "string" &&
    isKeyTypeId(type) &&
    typeof publicKey === "string" &&
    hexToBytes(publicKey) !== undefined
  );
}

/** A backup whose every part the passphrase has proved to be as it was written. */
export interface OpenBackup {
  readonly keys: readonly BackedUpKey[];
  /** One for each key. */
  readonly secrets: readonly string[];
  readonly signed: Readonly<Record<string, string>>;
  readonly stopped: Readonly<Record<string, KeyStop>>;
}

/** Nothing of a file is to be believed, or taken over, before this. */
export function openBackup(
  backup: KeyBackup,
  passphrase: string,
): Result<OpenBackup, BackupFailure> {
  const plain = unseal(backup.sealed, contextOf(backup), passphrase, backup.derivation);
  if (plain === undefined) return err({code: "passphrase-wrong"});
  const {keys, signed, stopped = {}} = backup;
  return ok({keys, secrets: JSON.parse(plain), signed, stopped});
}

/**
 * Puts the keys into a keystore; each must make the public key that it is listed under. One that is stopped is so there
 * before it is there itself.
 */
export function restoreKeys(
  {keys, secrets, stopped}: OpenBackup,
  keystore: Keystore,
): Result<void, KeystoreFailure> {
  for (const [i, key] of keys.entries()) {
    const publicKey = hexToBytes(key.public)!;
    const stop = stopped[keyFileName(key.type, publicKey)];
    const kept =
      stop === undefined || !isKeyType(key.type)
        ? ok()
        : keystore.stops.stop(key.type, publicKey, stop);
    if (!kept.ok) return kept;
    const inserted = keystore.insert(key.type, secrets[i]!, publicKey);
    if (!inserted.ok) return inserted;
  }
  return ok();
}

/** Tells sets of keys apart at a glance: the same on both machines if the same keys are there. */
export function fingerprintOf(keys: readonly BackedUpKey[]): string {
  const names = keys.map(key => keyFileName(key.type, hexToBytes(key.public)!)).sort();
  const hash = createHash("sha256").update(names.join("\n")).digest("hex").slice(0, 24);
  return hash.match(/.{4}/g)!.join(" ");
}
