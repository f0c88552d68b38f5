import type {Result} from "#base";
import {publicKeyOfFileName} from "./key-files.ts";
import {KEY_TYPES, type KeyType} from "./key-types.ts";
import type {KeystoreFailure} from "./keystore-failure.ts";

/** Why a key signs nothing, for people: what was seen, and when (Unix time in milliseconds). */
export interface KeyStop {
  readonly what: string;
  readonly at: number;
}

export interface StoppedKey extends KeyStop {
  readonly keyType: KeyType;
  readonly publicKey: Uint8Array;
}

/**
 * Keys that sign nothing until somebody says otherwise. A key that was proved to have signed twice is used by another
 * node as well, and each further signature may be one more offence: the stop outlives restarts, goes with the keys, and
 * is ended by a person who knows that the other node is off.
 */
export interface KeyStops {
  /** All that are in force; a failure where that cannot be read now. */
  all(): Result<readonly StoppedKey[], KeystoreFailure>;
  /** Undefined for a key that may sign. */
  of(keyType: KeyType, publicKey: Uint8Array): Result<KeyStop | undefined, KeystoreFailure>;
  /** In force at once, for this process even where it cannot be written down; that is tried again. */
  stop(keyType: KeyType, publicKey: Uint8Array, stop: KeyStop): Result<void, KeystoreFailure>;
  /** Whether there was a stop. */
  resume(keyType: KeyType, publicKey: Uint8Array): Result<boolean, KeystoreFailure>;
}

/** The stopped key of a key file's name; undefined for what is no key's. */
export function stoppedKey(name: string, stop: KeyStop): StoppedKey | undefined {
  for (const keyType of Object.keys(KEY_TYPES) as KeyType[]) {
    const publicKey = publicKeyOfFileName(keyType, name);
    if (publicKey !== undefined) return {keyType, publicKey, ...stop};
  }
  return undefined;
}

/** The stop in a file's text. One that cannot be read is a stop all the same. */
export function parseKeyStop(text: string): KeyStop {
  try {
    const {what, at} = JSON.parse(text) as Partial<KeyStop>;
    if (typeof what === "string" && typeof at === "number") return {what, at};
  } catch {
    // As any other text that is none.
  }
  return {what: "it is not known why: the record is damaged", at: 0};
}
