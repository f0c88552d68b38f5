import {bytesToHex, equalBytes, err, LruCache, ok, type Result} from "#base";
import {
  generatePhrase,
  type KeyPair,
  type KeyPairs,
  type RandomBytes,
  type SignatureScheme,
} from "#crypto";
import {type KeyFiles, keyFileName, keyTypeOfFileName, publicKeyOfFileName} from "./key-files.ts";
import type {KeyStops} from "./key-stops.ts";
import {
  isKeyType,
  KEY_TYPES,
  type KeyType,
  type KeyTypeId,
  schemeOfKeyType,
  schemesOf,
} from "./key-types.ts";
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
  keys(keyType: KeyTypeId): Uint8Array[] {
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

  /** Types of which there are keys, in the order of their bytes. */
  types(): readonly KeyTypeId[] {
    const types = this.#files.names().map(keyTypeOfFileName);
    return [...new Set(types.filter(type => type !== undefined))].sort();
  }

  has(keyType: KeyTypeId, publicKey: Uint8Array): boolean {
    return this.#files.has(keyFileName(keyType, publicKey));
  }

  /**
   * Stores a secret under the public key it is said to have, and only if it has it. Of a type whose scheme is not known, in
   * whichever scheme it does.
   */
  insert(
    keyType: KeyTypeId,
    secretUri: string,
    publicKey: Uint8Array,
  ): Result<void, KeystoreFailure> {
    const pair = this.#pairOf(secretUri, publicKey, schemesOf(keyType, publicKey));
    if (!pair.ok) return pair;
    if (pair.value === undefined) {
      return err({code: "key-length", keyType, given: bytesToHex(publicKey)});
    }
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
  generate(keyType: KeyType): Result<Uint8Array, KeystoreFailure>;
  generate(keyType: KeyTypeId, scheme: SignatureScheme): Result<Uint8Array, KeystoreFailure>;
  generate(
    keyType: KeyTypeId,
    scheme: SignatureScheme = schemeOfKeyType(keyType as KeyType),
  ): Result<Uint8Array, KeystoreFailure> {
    const phrase = generatePhrase(PHRASE_WORDS, this.#randomBytes);
    const pair = this.#derive(scheme, phrase);
    if (!pair.ok) return pair;
    const {publicKey} = pair.value;
    const written = this.#files.write(keyFileName(keyType, publicKey), phrase);
    return written.ok ? ok(publicKey) : written;
  }

  /** `scheme`: the chain's for keys of this type, where it is another than most have. */
  sign(
    keyType: KeyType,
    publicKey: Uint8Array,
    message: Uint8Array,
    scheme: SignatureScheme = schemeOfKeyType(keyType),
  ): Result<Uint8Array, KeystoreFailure> {
    const stop = this.stops.of(keyType, publicKey);
    if (!stop.ok) return stop;
    if (stop.value !== undefined) {
      const {what} = stop.value;
      return err({code: "key-stopped", keyType, publicKey: bytesToHex(publicKey), what});
    }
    const pair = this.#pair(keyType, publicKey, [scheme]);
    return pair.ok ? ok(pair.value.sign(message)) : pair;
  }

  /** Signs with a key of any type, in a scheme of which it has to be. One of ours that is stopped signs nothing here either. */
  signAs(
    scheme: SignatureScheme,
    keyType: KeyTypeId,
    publicKey: Uint8Array,
    message: Uint8Array,
  ): Result<Uint8Array, KeystoreFailure> {
    if (isKeyType(keyType)) return this.sign(keyType, publicKey, message, scheme);
    const pair = this.#pair(keyType, publicKey, [scheme]);
    return pair.ok ? ok(pair.value.sign(message)) : pair;
  }

  /** Reads every key that signs blocks or votes once, so that a bad file is known at start and not in the slot that needs it. */
  check(): Result<void, KeystoreFailure> {
    for (const keyType of Object.keys(KEY_TYPES)) {
      for (const publicKey of this.keys(keyType)) {
        const pair = this.#pair(keyType, publicKey, schemesOf(keyType, publicKey));
        if (!pair.ok) return pair;
      }
    }
    return ok();
  }

  #pair(
    keyType: KeyTypeId,
    publicKey: Uint8Array,
    schemes: readonly SignatureScheme[],
  ): Result<KeyPair, KeystoreFailure> {
    const name = keyFileName(keyType, publicKey);
    const kept = this.#files.has(name) ? this.#pairs.get(name) : undefined;
    if (kept !== undefined && schemes.includes(kept.scheme)) return ok(kept);
    const secretUri = this.#files.read(name);
    if (!secretUri.ok) return secretUri;
    if (secretUri.value === undefined) {
      return err({code: "key-not-found", keyType, publicKey: bytesToHex(publicKey)});
    }
    const file = this.#files.describe(name);
    const pair = this.#pairOf(secretUri.value, publicKey, schemes);
    if (!pair.ok || pair.value === undefined) {
      return err({code: "key-file-corrupt", file, expected: "a secret URI in a JSON string"});
    }
    if (!equalBytes(pair.value.publicKey, publicKey)) {
      return err({code: "key-file-mismatch", file, derived: bytesToHex(pair.value.publicKey)});
    }
    this.#pairs.set(name, pair.value);
    return ok(pair.value);
  }

  /** The pair of a secret that has this public key, or the first one where none has; undefined of no scheme. */
  #pairOf(
    secretUri: string,
    publicKey: Uint8Array,
    schemes: readonly SignatureScheme[],
  ): Result<KeyPair | undefined, KeystoreFailure> {
    let first: KeyPair | undefined;
    for (const scheme of schemes) {
      const pair = this.#derive(scheme, secretUri);
      if (!pair.ok || equalBytes(pair.value.publicKey, publicKey)) return pair;
      first ??= pair.value;
    }
    return ok(first);
  }

  #derive(scheme: SignatureScheme, secretUri: string): Result<KeyPair, KeystoreFailure> {
    const pair = this.#keyPairs.fromUri(scheme, secretUri, this.#password);
    return pair.ok ? pair : err({code: "secret-invalid", reason: pair.error});
  }
}
