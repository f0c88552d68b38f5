import {concatBytes, err, ok, type Result} from "#base";
import {PUBLIC_KEY_LENGTH} from "#crypto";
import {type KeyType, schemeOfKeyType} from "./key-types.ts";
import type {Keystore} from "./keystore.ts";
import type {KeystoreFailure} from "./keystore-failure.ts";

/**
 * A chain's session keys are one public key for each of its key types, in the runtime's order, one after the
 * other without lengths: that is what `author_rotateKeys` answers and `session.setKeys` takes.
 */
export interface SessionKey {
  readonly keyType: KeyType;
  readonly publicKey: Uint8Array;
}

export type SessionKeysFailure = {code: "session-keys-length"; expected: number; found: number};

const keyLength = (keyType: KeyType): number => PUBLIC_KEY_LENGTH[schemeOfKeyType(keyType)];

export function joinSessionKeys(keys: readonly SessionKey[]): Uint8Array {
  return concatBytes(...keys.map(key => key.publicKey));
}

export function splitSessionKeys(
  keyTypes: readonly KeyType[],
  bytes: Uint8Array,
): Result<SessionKey[], SessionKeysFailure> {
  const expected = keyTypes.reduce((sum, keyType) => sum + keyLength(keyType), 0);
  if (bytes.length !== expected) {
    return err({code: "session-keys-length", expected, found: bytes.length});
  }
  let offset = 0;
  return ok(
    keyTypes.map(keyType => {
      const start = offset;
      offset += keyLength(keyType);
      return {keyType, publicKey: bytes.slice(start, offset)};
    }),
  );
}

/** A new key of each type, all of them stored. */
export function generateSessionKeys(
  keystore: Keystore,
  keyTypes: readonly KeyType[],
): Result<Uint8Array, KeystoreFailure> {
  const keys: SessionKey[] = [];
  for (const keyType of keyTypes) {
    const publicKey = keystore.generate(keyType);
    if (!publicKey.ok) return publicKey;
    keys.push({keyType, publicKey: publicKey.value});
  }
  return ok(joinSessionKeys(keys));
}

/** Whether the keystore can sign with every one of these session keys. */
export function holdsSessionKeys(
  keystore: Keystore,
  keyTypes: readonly KeyType[],
  bytes: Uint8Array,
): Result<boolean, SessionKeysFailure> {
  const keys = splitSessionKeys(keyTypes, bytes);
  if (!keys.ok) return keys;
  return ok(keys.value.every(({keyType, publicKey}) => keystore.has(keyType, publicKey)));
}
