import type {Result} from "#base";
import type {KeystoreFailure} from "#keystore";
import type {GeneratedKeys} from "#runtime-api";

/** Key types are four characters; one that this node has no use for is `key-type-unknown`. */
export type KeysFailure = KeystoreFailure | {readonly code: "key-type-unknown"; keyType: string};

/** Why session keys were not made, or not all of them. */
export type RotationFailure =
  /** The runtime does not say which ones it has. */
  | {readonly code: "session-keys-unavailable"; readonly reason: string}
  /** One of them is of a type that this node cannot make; none was made. */
  | {
      readonly code: "session-keys-unsupported";
      readonly keyType: string;
      readonly types: readonly string[];
    }
  /** Keys that were made before one that could not be stay in the keystore; nobody else knows of them. */
  | {
      readonly code: "session-keys-incomplete";
      readonly reason: string;
      readonly made: readonly {readonly keyType: string; readonly publicKey: Uint8Array}[];
    };

export interface KeysQuestions {
  insert(keyType: string, secretUri: string, publicKey: Uint8Array): Result<void, KeysFailure>;
  has(keyType: string, publicKey: Uint8Array): boolean;
  /**
   * A new key of each type of the best block's runtime, stored; their public halves joined in its order. `owner`: the account
   * that will register them, for runtimes that want it proved.
   */
  rotate(owner?: Uint8Array): Result<GeneratedKeys, RotationFailure>;
}
