import {bytesToBinary, bytesToHex, concatBytes, hexToBytes, type Result} from "#base";
import {PUBLIC_KEY_LENGTH} from "#crypto";
import {
  isKeyType,
  isKeyTypeId,
  type KeyTypeId,
  keyTypeBytes,
  schemeOfKeyType,
} from "./key-types.ts";
import type {KeystoreFailure} from "./keystore-failure.ts";

const LENGTHS: ReadonlySet<number> = new Set(Object.values(PUBLIC_KEY_LENGTH));

/** Where secret URIs lie, by name: in memory or on disk. */
export interface KeyFiles {
  /** Whether they can be looked at now. */
  check(): Result<void, KeystoreFailure>;
  names(): readonly string[];
  has(name: string): boolean;
  /** `undefined` when there is no such file. */
  read(name: string): Result<string | undefined, KeystoreFailure>;
  write(name: string, secretUri: string): Result<void, KeystoreFailure>;
  /** What to call a file in front of people. */
  describe(name: string): string;
}

/** Substrate's name of a key's file: hex of the key type and the public key, without `0x`. */
export function keyFileName(keyType: KeyTypeId, publicKey: Uint8Array): string {
  return bytesToHex(concatBytes(keyTypeBytes(keyType), publicKey)).slice(2);
}

/** The public key in a file's name; `undefined` for another type's file, or for what is no key at all. */
export function publicKeyOfFileName(keyType: KeyTypeId, name: string): Uint8Array | undefined {
  const prefix = bytesToHex(keyTypeBytes(keyType)).slice(2);
  if (!name.startsWith(prefix)) return undefined;
  const publicKey = hexToBytes(`0x${name.slice(prefix.length)}`);
  if (publicKey === undefined) return undefined;
  const isLongEnough = isKeyType(keyType)
    ? publicKey.length === PUBLIC_KEY_LENGTH[schemeOfKeyType(keyType)]
    : LENGTHS.has(publicKey.length);
  return isLongEnough ? publicKey : undefined;
}

/** The key type in a file's name; `undefined` for what is no key at all. */
export function keyTypeOfFileName(name: string): KeyTypeId | undefined {
  const bytes = hexToBytes(`0x${name.slice(0, 8)}`);
  const keyType = bytes === undefined ? "" : bytesToBinary(bytes);
  return isKeyTypeId(keyType) && publicKeyOfFileName(keyType, name) !== undefined
    ? keyType
    : undefined;
}
