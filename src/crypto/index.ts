/**
 * Hashes, signatures, the derivation of keys from secret URIs (`//Alice`, a phrase, a path, a password) and
 * addresses. Interfaces and plain JavaScript that runs anywhere; `crypto-native` stands behind the same
 * interfaces where speed counts, and one compliance suite holds both to the same answers.
 *
 * A secret lives in a `SecretKey` or inside a `KeyPair`, both of which show nothing when printed; no failure
 * value repeats any part of a secret. The one thing this code cannot do is wipe: JavaScript copies as it likes.
 *
 * Out of scope: where keys are kept (`keystore`), what is signed, and randomness, which is handed in.
 */

export {
  BLOCK_HASHINGS,
  type BlockHashing,
  parseBlockHashing,
  withBlockHashing,
} from "./block-hashing.ts";
export {type CryptoSuite, createPortableCrypto} from "./crypto-suite.ts";
export {type RecoveryFailure, recoverEcdsaKey, uncompressedEcdsaKey} from "./ecdsa-recovery.ts";
export type {Hashing} from "./hashing.ts";
export type {Junction} from "./junction.ts";
export type {KeyPair, KeyPairs} from "./key-pairs.ts";
export {generatePhrase, isPhrase, WORD_COUNTS, type WordCount} from "./mnemonic.ts";
export {
  accountOf,
  type MultiSigned,
  verifyMultiSignature,
  verifyMultiSignatures,
} from "./multi-signature.ts";
export {createPortableHashing, keccak512, sha256, twox256} from "./portable-hashing.ts";
export {createPortableKeyPairs, keyPairsFrom} from "./portable-key-pairs.ts";
export {createPortableSignatureVerifier, ecdsaRecoveryId} from "./portable-signatures.ts";
export type {RandomBytes} from "./random-bytes.ts";
export {
  SEED_LENGTH,
  type SecretKey,
  type SecretKeyFailure,
  secretKeyFromSeed,
} from "./secret-key.ts";
export {
  DEV_PHRASE,
  parseSecretUri,
  type SecretUri,
  type SecretUriFailure,
  secretKeyFromUri,
} from "./secret-uri.ts";
export {
  PUBLIC_KEY_LENGTH,
  SIGNATURE_LENGTH,
  SIGNATURE_SCHEMES,
  type SignatureScheme,
  type SignatureVerifier,
  type SignedMessage,
} from "./signatures.ts";
export {
  decodeSs58,
  encodeSs58,
  GENERIC_SS58_PREFIX,
  isSs58Prefix,
  MAX_SS58_PREFIX,
  type Ss58Address,
  type Ss58Failure,
  type Ss58Prefix,
} from "./ss58.ts";
export {WELL_KNOWN_ACCOUNTS, type WellKnownAccount} from "./well-known-accounts.ts";
