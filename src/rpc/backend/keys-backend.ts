import type {Result} from "#base";
import {
  generateSessionKeys,
  isKeyType,
  type Keystore,
  type KeystoreFailure,
  type KeyType,
} from "#keystore";

/** Key types are four characters; one that this node has no use for is `key-type-unknown`. */
export type KeysFailure = KeystoreFailure | {readonly code: "key-type-unknown"; keyType: string};

export interface KeysBackend {
  insert(keyType: string, secretUri: string, publicKey: Uint8Array): Result<void, KeysFailure>;
  has(keyType: string, publicKey: Uint8Array): boolean;
  /** A new key of each session key type, stored; their public halves joined. */
  rotate(): Result<Uint8Array, KeysFailure>;
}

/** `sessionKeyTypes`: those of the chain's session keys, in the runtime's order. */
export function createKeysBackend(
  keystore: Keystore,
  sessionKeyTypes: readonly KeyType[],
): KeysBackend {
  return {
    insert: (keyType, secretUri, publicKey) =>
      isKeyType(keyType)
        ? keystore.insert(keyType, secretUri, publicKey)
        : {ok: false, error: {code: "key-type-unknown", keyType}},
    has: (keyType, publicKey) => isKeyType(keyType) && keystore.has(keyType, publicKey),
    rotate: () => generateSessionKeys(keystore, sessionKeyTypes),
  };
}
