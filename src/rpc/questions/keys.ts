import type {Result} from "#base";
import type {KeystoreFailure} from "#keystore";

/** Key types are four characters; one that this node has no use for is `key-type-unknown`. */
export type KeysFailure = KeystoreFailure | {readonly code: "key-type-unknown"; keyType: string};

export interface KeysQuestions {
  insert(keyType: string, secretUri: string, publicKey: Uint8Array): Result<void, KeysFailure>;
  has(keyType: string, publicKey: Uint8Array): boolean;
  /** A new key of each session key type, stored; their public halves joined. */
  rotate(): Result<Uint8Array, KeysFailure>;
}
