import {utf8Bytes} from "#base";
import {PUBLIC_KEY_LENGTH, SIGNATURE_SCHEMES, type SignatureScheme} from "#crypto";

/** What this program signs with its keys for, blocks and votes, each with the scheme that nearly all chains have for it. */
export const KEY_TYPES = {
  aura: "sr25519",
  gran: "ed25519",
} as const satisfies Record<string, SignatureScheme>;

/** Schemes that chains have for it, the likeliest first: some seal their blocks by ed25519 (Polkadot's asset hub). */
const SCHEMES: Readonly<Record<KeyType, readonly SignatureScheme[]>> = {
  aura: ["sr25519", "ed25519"],
  gran: ["ed25519"],
};

export type KeyType = keyof typeof KEY_TYPES;

/** For names from outside: a file, a flag, an RPC parameter. */
export const isKeyType = (text: string): text is KeyType => Object.hasOwn(KEY_TYPES, text);

export const schemeOfKeyType = (keyType: KeyType): SignatureScheme => KEY_TYPES[keyType];

/** Whether some chain signs so with keys of this type. */
export const takesScheme = (keyType: KeyType, scheme: SignatureScheme): boolean =>
  SCHEMES[keyType].includes(scheme);

/**
 * What a key is for, in four ASCII characters (`KeyTypeId`). A keystore holds keys of any: a chain's session keys have types
 * that are of use to other programs, or to its runtime alone.
 */
export type KeyTypeId = string;

export const isKeyTypeId = (text: string): text is KeyTypeId => /^[\x20-\x7e]{4}$/.test(text);

/** Of key types that others of Substrate's programs sign with (sp-core, `key_types`, and those of polkadot and nimbus). */
const OTHERS: Readonly<Record<string, SignatureScheme>> = {
  babe: "sr25519",
  imon: "sr25519",
  para: "sr25519",
  asgn: "sr25519",
  audi: "sr25519",
  nmbs: "sr25519",
  beef: "ecdsa",
};

/** The scheme of a type's keys, where it is known without a runtime that says it. */
export const knownScheme = (keyType: KeyTypeId): SignatureScheme | undefined =>
  isKeyType(keyType)
    ? KEY_TYPES[keyType]
    : Object.hasOwn(OTHERS, keyType)
      ? OTHERS[keyType]
      : undefined;

/** Schemes that a key of a type may be of, by how long it is: what a file's name leaves open. The likeliest first. */
export function schemesOf(keyType: KeyTypeId, {length}: Uint8Array): readonly SignatureScheme[] {
  if (isKeyType(keyType)) return SCHEMES[keyType];
  const known = knownScheme(keyType);
  return SIGNATURE_SCHEMES.filter(scheme => PUBLIC_KEY_LENGTH[scheme] === length).sort(
    (a, b) => Number(b === known) - Number(a === known),
  );
}

/** Four bytes, as they stand at the head of a file name. */
export const keyTypeBytes = (keyType: KeyTypeId): Uint8Array => utf8Bytes(keyType);
