import {generateSessionKeys, isKeyType, type Keystore, type KeyType} from "#keystore";
import type {KeysQuestions} from "../questions/keys.ts";

/** `sessionKeyTypes`: those of the chain's session keys, in the runtime's order. */
export function createKeysAnswers(
  keystore: Keystore,
  sessionKeyTypes: readonly KeyType[],
): KeysQuestions {
  return {
    insert: (keyType, secretUri, publicKey) =>
      isKeyType(keyType)
        ? keystore.insert(keyType, secretUri, publicKey)
        : {ok: false, error: {code: "key-type-unknown", keyType}},
    has: (keyType, publicKey) => isKeyType(keyType) && keystore.has(keyType, publicKey),
    rotate: () => generateSessionKeys(keystore, sessionKeyTypes),
  };
}
