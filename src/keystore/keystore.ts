import {bytesToHex, equalBytes, err, LruCache, ok, type Result} from "#base";
import {generatePhrase, type KeyPair, type KeyPairs, type RandomBytes} from "#crypto";
import {type KeyFiles, keyFileName, publicKeyOfFileName} from "./key-files.ts";
import type {KeyStops} from "./key-stops.ts";
import {type KeyType, schemeOfKeyType} from "./key-types.ts";
import type {KeystoreFailure} from "./keystore-failure.ts";

/** Where a keystore's keys lie, and which of them sign nothing for now. */
export interface KeystorePlaces {
  readonly files: KeyFiles;
  readonly stops: KeyStops;
}

export interface KeystoreDependencies {
  readonly keyPairs: KeyPairs;
  readonly randomBytes: RandomBytes;
}

/** Deriving a key from a phrase takes some 20 ms, so the pairs in use are kept; a node signs with two or three. */
const PAIRS_KEPT = 64;

/** Words of a generated secret: 128 bits, which is what the curves offer. */
const PHRASE_WORDS = 12;

/** Keys by type and public key. Files are the truth: a key that another process puts there is found at once. */
export class Keystore {
  /** Keys of ours, or of others, that sign nothing. */
  readonly stops: KeyStops;
  readonly #files: KeyFiles;
  readonly #password: string | undefined;
  readonly #keyPairs: KeyPairs;
  readonly #randomBytes: RandomBytes;
  readonly #pairs = new LruCache<string, KeyPair>(PAIRS_KEPT);

  /** `password` takes the place of one written in a secret URI, for every key in the store. */
  constructor(
    {files, stops}: KeystorePlaces,
    password: string | undefined,
    dependencies: KeystoreDependencies,
  ) {
    this.#files = files;
    this.stops = stops;
    this.#password = password;
    this.#keyPairs = dependencies.keyPairs;
    this.#randomBytes = dependencies.randomBytes;
  }

  /** Public keys of this type, in the order of their bytes. */
  keys(keyType: KeyType): Uint8Array[] {
    return [...this.#files.names()]
      .sort()
      .map(name => publicKeyOfFileName(keyType, name))
      .filter(key => key !== undefined);
  }

  /** Those of them that are not stopped; a failure where that cannot be read now. */
  signingKeys(keyType: KeyType): Result<Uint8Array[], KeystoreFailure> {
    const stopped = this.stops.all();
    if (!stopped.ok) return stopped;
    const readable = this.#files.check();
    if (!readable.ok) return readable;
    const isStopped = (key: Uint8Array) =>
      stopped.value.some(stop => stop.keyType === keyType && equalBytes(stop.publicKey, key));
    return ok(this.keys(keyType).filter(key => !isStopped(key)));
  }

  has(keyType: KeyType, publicKey: Uint8Array): boolean {
    return this.#files.has(keyFileName(keyType, publicKey));
  }

  /** Stores a secret under the public key it is said to have, and only if it has it. */
  insert(
    keyType: KeyType,
    secretUri: string,
    publicKey: Uint8Array,
  ): Result<void, KeystoreFailure> {
    const pair = this.#derive(keyType, secretUri);
    if (!pair.ok) return pair;
    if (!equalBytes(pair.value.publicKey, publicKey)) {
      return err({
        code: "key-mismatch",
        keyType,
        given: bytesToHex(publicKey),
        derived: bytesToHex(pair.value.publicKey),
      });
    }
    return this.#files.write(keyFileName(keyType, publicKey), secretUri);
  }

  /** A new key from fresh randomness; stored before its public half is given out. */
  generate(keyType: KeyType): Result<Uint8Array, KeystoreFailure> {
    const phrase = generatePhrase(PHRASE_WORDS, this.#randomBytes);
    const pair = this.#derive(keyType, phrase);
    if (!pair.ok) return pair;
    const {publicKey} = pair.value;
    const written = this.#files.write(keyFileName(keyType, publicKey), phrase);
    return written.ok ? ok(publicKey) : written;
  }

  sign(
    keyType: KeyType,
    publicKey: Uint8Array,
    message: Uint8Array,
  ): Result<Uint8Array, KeystoreFailure> {
    const stop = this.stops.of(keyType, publicKey);
    if (!stop.ok) return stop;
    if (stop.value !== undefined) {
      const {what} = stop.value;
      return err({code: "key-stopped", keyType, publicKey: bytesToHex(publicKey), what});
    }
    const pair = this.#pair(keyType, publicKey);
    return pair.ok ? ok(pair.value.sign(message)) : pair;
  }

  /** Reads every key once, so that a bad file is known at start and not in the slot that needs it. */
  check(keyTypes: readonly KeyType[]): Result<void, KeystoreFailure> {
    for (const keyType of keyTypes) {
      for (const publicKey of this.keys(keyType)) {
        const pair = this.#pair(keyType, publicKey);
        if (!pair.ok) return pair;
      }
    }
    return ok();
  }

  #pair(keyType: KeyType, publicKey: Uint8Array): Result<KeyPair, KeystoreFailure> {
    const name = keyFileName(keyType, publicKey);
    const kept = this.#files.has(name) ? this.#pairs.get(name) : undefined;
    if (kept !== undefined) return ok(kept);
    const secretUri = this.#files.read(name);
    if (!secretUri.ok) return secretUri;
    if (secretUri.value === undefined) {
      return err({code: "key-not-found", keyType, publicKey: bytesToHex(publicKey)});
    }
    const file = this.#files.describe(name);
    const pair = this.#derive(keyType, secretUri.value);
    if (!pair.ok) {
      return err({code: "key-file-corrupt", file, expected: "a secret URI in a JSON string"});
    }
    if (!equalBytes(pair.value.publicKey, publicKey)) {
      return err({code: "key-file-mismatch", file, derived: bytesToHex(pair.value.publicKey)});
    }
    this.#pairs.set(name, pair.value);
    return pair;
  }

  #derive(keyType: KeyType, secretUri: string): Result<KeyPair, KeystoreFailure> {
    const pair = this.#keyPairs.fromUri(schemeOfKeyType(keyType), secretUri, this.#password);
    return pair.ok ? pair : err({code: "secret-invalid", reason: pair.error});
  }
}
