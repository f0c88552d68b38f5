import {type BinaryString, bytesToBinary} from "#base";
import {type Codec, decodeTrusted, encode} from "#codec";
import type {Hashing} from "#crypto";
import {itemKey} from "#primitives";
import type {Externalities} from "#state";
import {RecentKeys} from "./recent-keys.ts";
import {hashedKey, type StorageHasher} from "./storage-hasher.ts";

/** What metadata says of one storage item. */
export interface StorageEntry {
  readonly name: string;
  readonly docs: string;
  readonly modifier: "Optional" | "Default";
  /** Encoded default; one zero byte for optional items. */
  readonly fallback: Uint8Array;
  readonly value: Codec<unknown>;
  readonly map?: {readonly hasher: StorageHasher; readonly key: Codec<unknown>};
}

/**
 * The value read or written last, by its bytes. Bytes in state are never changed, and neither are decoded values, so
 * the same array means the same value; a call reads the same account many times in a row.
 */
class LastValue<T> {
  #bytes: Uint8Array | undefined;
  #value: T | undefined;

  decode(codec: Codec<T>, bytes: Uint8Array): T {
    if (bytes !== this.#bytes) this.keep(bytes, decodeTrusted(codec, bytes));
    return this.#value as T;
  }

  keep(bytes: Uint8Array, value: T): void {
    this.#bytes = bytes;
    this.#value = value;
  }
}

/** One value under one key. `D` is what reads as long as nothing is stored. */
export class StorageValue<T, D extends T | undefined> {
  readonly entry: StorageEntry;
  readonly key: BinaryString;
  readonly #codec: Codec<T>;
  readonly #fallback: D;
  readonly #last = new LastValue<T>();

  constructor(entry: StorageEntry, key: BinaryString, codec: Codec<T>, fallback: D) {
    this.entry = entry;
    this.key = key;
    this.#codec = codec;
    this.#fallback = fallback;
  }

  get(state: Externalities): T | D {
    const bytes = state.get(this.key);
    return bytes === undefined ? this.#fallback : this.#last.decode(this.#codec, bytes);
  }

  set(state: Externalities, value: T): void {
    const bytes = encode(this.#codec, value);
    this.#last.keep(bytes, value);
    state.set(this.key, bytes);
  }

  exists(state: Externalities): boolean {
    return state.has(this.key);
  }

  remove(state: Externalities): void {
    state.remove(this.key);
  }

  /** Reads and removes. */
  take(state: Externalities): T | D {
    const value = this.get(state);
    this.remove(state);
    return value;
  }
}

/** Storage keys remembered per map: the accounts of a few full blocks. Hashing one anew costs ten times a look-up. */
const REMEMBERED_KEYS = 16_384;

/** Values under keys of one type. */
export class StorageMap<K, T, D extends T | undefined> {
  readonly entry: StorageEntry;
  readonly prefix: BinaryString;
  readonly #hashing: Hashing;
  readonly #hasher: StorageHasher;
  readonly #keyCodec: Codec<K>;
  readonly #codec: Codec<T>;
  readonly #fallback: D;
  readonly #last = new LastValue<T>();
  readonly #keys = new Map<BinaryString, BinaryString>();
  readonly #recent = new RecentKeys();

  constructor(
    entry: StorageEntry,
    prefix: BinaryString,
    hashing: Hashing,
    codecs: {hasher: StorageHasher; key: Codec<K>; value: Codec<T>},
    fallback: D,
  ) {
    this.entry = entry;
    this.prefix = prefix;
    this.#hashing = hashing;
    this.#hasher = codecs.hasher;
    this.#keyCodec = codecs.key;
    this.#codec = codecs.value;
    this.#fallback = fallback;
  }

  /** The full storage key of one entry. */
  keyOf(key: K): BinaryString {
    const encoded = key instanceof Uint8Array ? key : encode(this.#keyCodec, key);
    const recent = this.#recent.get(encoded);
    if (recent !== undefined) return recent;
    const found = this.#lookUp(key, bytesToBinary(encoded));
    this.#recent.set(encoded, found);
    return found;
  }

  #lookUp(key: K, name: BinaryString): BinaryString {
    let found = this.#keys.get(name);
    if (found === undefined) {
      found = this.prefix + hashedKey(this.#hashing, this.#hasher, encode(this.#keyCodec, key));
      if (this.#keys.size >= REMEMBERED_KEYS) this.#keys.clear();
      this.#keys.set(name, found);
    }
    return found;
  }

  get(state: Externalities, key: K): T | D {
    const bytes = state.get(this.keyOf(key));
    return bytes === undefined ? this.#fallback : this.#last.decode(this.#codec, bytes);
  }

  set(state: Externalities, key: K, value: T): void {
    const bytes = encode(this.#codec, value);
    this.#last.keep(bytes, value);
    state.set(this.keyOf(key), bytes);
  }

  has(state: Externalities, key: K): boolean {
    return state.has(this.keyOf(key));
  }

  remove(state: Externalities, key: K): void {
    state.remove(this.keyOf(key));
  }

  take(state: Externalities, key: K): T | D {
    const value = this.get(state, key);
    this.remove(state, key);
    return value;
  }
}

interface Declared<T> {
  readonly docs: string;
  /** What reads as long as nothing is stored; leaving it out makes the item optional. */
  readonly fallback?: T;
}

/** Declares the storage items of one pallet; keys follow from the pallet's name in the runtime. */
export class StorageScope {
  readonly pallet: string;
  readonly entries: StorageEntry[] = [];
  readonly #hashing: Hashing;

  constructor(pallet: string, hashing: Hashing) {
    this.pallet = pallet;
    this.#hashing = hashing;
  }

  value<T>(
    name: string,
    codec: Codec<T>,
    declared: {docs: string; fallback: T},
  ): StorageValue<T, T>;
  value<T>(name: string, codec: Codec<T>, declared: {docs: string}): StorageValue<T, undefined>;
  value<T>(name: string, codec: Codec<T>, declared: Declared<T>): StorageValue<T, T | undefined> {
    const entry = this.#declare(name, codec, declared);
    const key = itemKey(this.#hashing, this.pallet, name);
    return new StorageValue<T, T | undefined>(entry, key, codec, declared.fallback);
  }

  map<K, T>(
    name: string,
    codecs: {hasher: StorageHasher; key: Codec<K>; value: Codec<T>},
    declared: {docs: string; fallback: T},
  ): StorageMap<K, T, T>;
  map<K, T>(
    name: string,
    codecs: {hasher: StorageHasher; key: Codec<K>; value: Codec<T>},
    declared: {docs: string},
  ): StorageMap<K, T, undefined>;
  map<K, T>(
    name: string,
    codecs: {hasher: StorageHasher; key: Codec<K>; value: Codec<T>},
    declared: Declared<T>,
  ): StorageMap<K, T, T | undefined> {
    const map = {hasher: codecs.hasher, key: codecs.key as Codec<unknown>};
    const entry = {...this.#declare(name, codecs.value, declared), map};
    this.entries[this.entries.length - 1] = entry;
    const prefix = itemKey(this.#hashing, this.pallet, name);
    return new StorageMap<K, T, T | undefined>(
      entry,
      prefix,
      this.#hashing,
      codecs,
      declared.fallback,
    );
  }

  #declare<T>(name: string, codec: Codec<T>, {docs, fallback}: Declared<T>): StorageEntry {
    const entry: StorageEntry = {
      name,
      docs,
      modifier: fallback === undefined ? "Optional" : "Default",
      fallback: fallback === undefined ? new Uint8Array(1) : encode(codec, fallback),
      value: codec as Codec<unknown>,
    };
    this.entries.push(entry);
    return entry;
  }
}
