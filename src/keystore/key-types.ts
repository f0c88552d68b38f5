import {utf8Bytes} from "#base";
import type {SignatureScheme} from "#crypto";

/** What a key is for: four ASCII characters (`KeyTypeId`), each with the one scheme that purpose asks for. */
export const KEY_TYPES = {
  aura: "sr25519",
  gran: "ed25519",
} as const satisfies Record<string, SignatureScheme>;

export type KeyType = keyof typeof KEY_TYPES;

/** For names from outside: a file, a flag, an RPC parameter. */
export const isKeyType = (text: string): text is KeyType => Object.hasOwn(KEY_TYPES, text);

export const schemeOfKeyType = (keyType: KeyType): SignatureScheme => KEY_TYPES[keyType];

/** Four bytes, as they stand at the head of a file name. */
export const keyTypeBytes = (keyType: KeyType): Uint8Array => utf8Bytes(keyType);
