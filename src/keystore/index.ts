/**
 * The keys that a node signs with, at rest. A disk keystore has Substrate's layout, so existing tools and
 * existing keys carry over: one file a key, named by its type and public key, holding the secret URI as a JSON
 * string. A keystore in memory serves tests and throw-away chains. Secrets come in and stay in: nothing here
 * returns one, and no failure or log line repeats one.
 *
 * The signing guard stands beside it: whoever signs for a slot or a vote takes its place there first, and no place is
 * given twice. What was promised for the last place can be asked for, so that a process that was killed before it spoke
 * says that and goes on.
 *
 * A key that was proved to have signed twice is stopped (`key-stops`) until a person says that the other node which has
 * it is off. A backup takes keys to another machine sealed by a passphrase, together with what they signed last and which
 * of them are stopped.
 *
 * Out of scope: what is signed and when, accounts that hold money (those belong in a wallet), the key of the
 * peer-to-peer network, and encryption at rest: as in Substrate, the password is part of the derivation of a key.
 */
export {
  type BackupFailure,
  fingerprintOf,
  type KeyBackup,
  openBackup,
  parseBackup,
  restoreKeys,
  sealKeys,
} from "./backup/key-backup.ts";
export {readSigned, takeSigned} from "./backup/signed-record.ts";
export {createDiskKeyStops} from "./disk-key-stops.ts";
export {type DiskKeystoreOptions, openDiskKeystore} from "./disk-keystore.ts";
export {createDiskSigningGuard, type GuardNotice} from "./disk-signing-guard.ts";
export type {KeyStop, KeyStops, StoppedKey} from "./key-stops.ts";
export {
  isKeyType,
  isKeyTypeId,
  KEY_TYPES,
  type KeyType,
  type KeyTypeId,
  knownScheme,
  schemeOfKeyType,
  takesScheme,
} from "./key-types.ts";
export {Keystore, type KeystoreDependencies} from "./keystore.ts";
export {describeKeystoreFailure, type KeystoreFailure} from "./keystore-failure.ts";
export {createMemoryKeystore} from "./memory-keystore.ts";
export {createMemorySigningGuard} from "./memory-signing-guard.ts";
export {
  describeGuardRefusal,
  type GuardRefusal,
  type SigningGuard,
  type SigningPromise,
} from "./signing-guard.ts";
