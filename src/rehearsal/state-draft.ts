import {type BinaryString, binaryToHex, bytesToHex, equalBytes} from "#base";
import {type Codec, type DecodeFailure, decode, encode} from "#codec";
import type {Hashing} from "#crypto";
import {
  type ChainDescription,
  findItem,
  findPallet,
  type NamedChange,
  readStorageKey,
  readValue,
  type StorageItem,
  storageKey,
  type ValueMisfit,
  writeValue,
} from "#description";
import {itemKey} from "#primitives";
import {isSameValue, shownValue} from "./same-value.ts";
import {stop} from "./stop.ts";

/** One entry of a map. */
export interface DraftEntry {
  readonly key: BinaryString;
  readonly keys: readonly unknown[];
  readonly value: unknown;
}

/**
 * A first state on its way to another, changed by the names of its items. Each value is encoded by the item's type and read
 * back: what does not come back as it was given stops the whole. What was done is noted in lines for people.
 */
export class StateDraft {
  readonly description: ChainDescription;
  readonly top: Map<BinaryString, Uint8Array>;
  readonly replaced: string[] = [];
  readonly notes: string[] = [];
  readonly #skipped = new Set<string>();
  readonly #hashing: Hashing;
  readonly #names: ReadonlyMap<BinaryString, string>;

  constructor(
    top: ReadonlyMap<BinaryString, Uint8Array>,
    description: ChainDescription,
    hashing: Hashing,
    names: ReadonlyMap<BinaryString, string>,
  ) {
    this.top = new Map(top);
    this.description = description;
    this.#hashing = hashing;
    this.#names = names;
  }

  get skipped(): readonly string[] {
    return [...this.#skipped];
  }

  /** Whether there is such an item. One that is missed is noted, or its pallet where that is missing altogether. */
  wants(name: string): boolean {
    if (findItem(this.description, name) !== undefined) return true;
    const [pallet = ""] = name.split(".");
    const hasPallet = findPallet(this.description, pallet) !== undefined;
    this.#skipped.add(hasPallet ? `${name}: no such item` : `${pallet}: no such pallet`);
    return false;
  }

  publishes(name: string): boolean {
    return findItem(this.description, name) !== undefined;
  }

  /** Something wished for that cannot be. */
  skip(line: string): void {
    this.#skipped.add(line);
  }

  /** The value, or the item's default; undefined where there is neither, or no such item. */
  read(name: string, keys: readonly unknown[] = []): unknown {
    const item = findItem(this.description, name);
    if (item === undefined) return undefined;
    const stored = this.top.get(this.#keyOf(item, keys));
    if (stored === undefined && item.modifier === "Optional") return undefined;
    return this.#decoded(item, stored ?? item.fallback, undefined);
  }

  /** A value of the item's type that says nothing: what reads where nothing is stored. */
  blank(name: string): unknown {
    const item = this.#itemOf(name);
    return this.#decoded(item, item.fallback, undefined);
  }

  isStored(name: string, keys: readonly unknown[] = []): boolean {
    const item = findItem(this.description, name);
    return item !== undefined && this.top.has(this.#keyOf(item, keys));
  }

  /** Encoded by the item's type, and read back equal. */
  put(name: string, keys: readonly unknown[], value: unknown): void {
    const item = this.#itemOf(name);
    const written = writeValue(item.value, value);
    if (!written.ok) misfit(item, written.error);
    const key = this.#keyOf(item, keys);
    this.#checkBack(item, written.value, value);
    const keysBack = readStorageKey(item, key, this.#hashing) ?? [];
    const isSameKey = keysBack.every((back, i) => back === undefined || isSameValue(keys[i], back));
    if (!isSameKey) stop(notReadBack(item, `its key ${binaryToHex(key)}`));
    this.top.set(key, written.value);
  }

  /** Puts a plain value and notes it; what the chain lacks is skipped. */
  replace(name: string, value: unknown): void {
    if (!this.wants(name)) return;
    this.put(name, [], value);
    this.note(name, `:= ${shownValue(value, this.#names)}`);
  }

  /**
   * Puts a plain value that the state has, and metadata does not tell of: runtimes of 2021 publish nothing of pallets that they
   * were composed with in short. Whether it was the right key and type, the runtime has to be asked afterwards.
   */
  replaceHidden<T>(name: string, codec: Codec<T>, value: T): boolean {
    const [pallet = "", item = ""] = name.split(".");
    const key = itemKey(this.#hashing, pallet, item);
    const stored = this.top.get(key);
    const isHidden = findPallet(this.description, pallet) !== undefined && !this.publishes(name);
    if (stored === undefined || !isHidden || !decode(codec, stored).ok) return false;
    this.top.set(key, encode(codec, value));
    this.note(name, `:= ${shownValue(value, this.#names)} (the metadata does not tell of it)`);
    return true;
  }

  /** Bytes that are already encoded, by a type that has to take them. */
  decode(name: string, bytes: Uint8Array): unknown {
    return this.#decoded(this.#itemOf(name), bytes, undefined);
  }

  note(name: string, what: string): void {
    this.replaced.push(`${name} ${what}`);
  }

  /** Keys under an item, in no order. */
  keysOf(name: string): BinaryString[] {
    const item = findItem(this.description, name);
    if (item === undefined) return [];
    const prefix = this.#keyOf(item, []);
    return [...this.top.keys()].filter(key => key.startsWith(prefix));
  }

  entries(name: string): DraftEntry[] {
    const item = findItem(this.description, name);
    if (item === undefined) return [];
    return this.keysOf(name).map(key => ({
      key,
      keys: this.#keysIn(item, key),
      value: this.#decoded(item, this.top.get(key)!, key),
    }));
  }

  /** The keys of an item's entries, whatever their values are. */
  entryKeys(name: string): Pick<DraftEntry, "key" | "keys">[] {
    const item = findItem(this.description, name);
    if (item === undefined) return [];
    return this.keysOf(name).map(key => ({key, keys: this.#keysIn(item, key)}));
  }

  /** Removes all of an item, metadata telling of it or not, and notes it if there was anything. */
  clear(name: string): void {
    const [pallet = "", itemName = ""] = name.split(".");
    if (findPallet(this.description, pallet) === undefined) return;
    const item = findItem(this.description, name);
    const prefix = item ? this.#keyOf(item, []) : itemKey(this.#hashing, pallet, itemName);
    const keys = [...this.top.keys()].filter(key => key.startsWith(prefix));
    for (const key of keys) this.top.delete(key);
    if (keys.length === 0) return;
    this.note(name, item?.keys.length === 0 ? "removed" : `${keys.length} removed`);
  }

  /** What an operator asked for by names. Each value has to read back as what it was written from. */
  apply(changes: readonly NamedChange[]): void {
    for (const change of changes) {
      if (change.kind === "set") {
        const item = this.#itemUnder(change.key);
        if (item !== undefined) {
          this.#checkBack(item, change.value, this.#decoded(item, change.value, change.key));
        }
        this.top.set(change.key, change.value);
      } else if (change.kind === "remove") this.top.delete(change.key);
      else
        for (const key of [...this.top.keys()])
          if (key.startsWith(change.prefix)) this.top.delete(key);
    }
  }

  #itemOf(name: string): StorageItem {
    const item = findItem(this.description, name);
    if (item === undefined) throw new Error(`${name} was not asked for first`);
    return item;
  }

  #itemUnder(key: BinaryString): StorageItem | undefined {
    return this.description.pallets
      .flatMap(({storage}) => storage)
      .find(item => key.startsWith(this.#keyOf(item, [])));
  }

  #keyOf(item: StorageItem, keys: readonly unknown[]): BinaryString {
    const key = storageKey(item, keys, this.#hashing);
    return key.ok ? key.value : misfit(item, key.error);
  }

  #keysIn(item: StorageItem, key: BinaryString): readonly unknown[] {
    return (
      readStorageKey(item, key, this.#hashing) ??
      stop({
        code: "rehearsal-state-unreadable",
        what: `a key of ${nameOf(item)} is not one that the runtime describes`,
        facts: [["key", binaryToHex(key)]],
        todo: "see whether the state and the code of the chain spec are of one time",
      })
    );
  }

  #decoded(item: StorageItem, bytes: Uint8Array, key: BinaryString | undefined): unknown {
    const read = readValue(item.value, bytes);
    return read.ok ? read.value : unreadable(item, bytes, key, read.error);
  }

  #checkBack(item: StorageItem, bytes: Uint8Array, value: unknown): void {
    const back = this.#decoded(item, bytes, undefined);
    const again = writeValue(item.value, back);
    const isSame = again.ok && equalBytes(again.value, bytes) && isSameValue(value, back);
    if (!isSame) stop(notReadBack(item, bytesToHex(bytes.subarray(0, 64))));
  }
}

const nameOf = ({pallet, name}: StorageItem) => `${pallet}.${name}`;

function misfit(item: StorageItem, {at, expected}: ValueMisfit): never {
  return stop({
    code: "rehearsal-value-misfit",
    what: `${nameOf(item)} of this runtime does not take what a rehearsal puts there`,
    facts: [["expected", at === "" ? expected : `${expected} at ${at}`]],
    todo: "leave the part out that the runtime has otherwise, or set it by --set",
  });
}

function unreadable(
  item: StorageItem,
  bytes: Uint8Array,
  key: BinaryString | undefined,
  failure: DecodeFailure,
): never {
  return stop({
    code: "rehearsal-state-unreadable",
    what: `${nameOf(item)} does not read as its runtime describes it: ${failure.message}`,
    facts: [
      ...(key === undefined ? [] : [["key", binaryToHex(key)] as const]),
      ["value", bytesToHex(bytes.subarray(0, 64))],
    ],
    todo: "see whether the state and the code of the chain spec are of one time",
  });
}

const notReadBack = (item: StorageItem, bytes: string) => ({
  code: "rehearsal-not-read-back",
  what: `a value written to ${nameOf(item)} does not read back as it was given`,
  facts: [["bytes", bytes]] as const,
  todo: "please report it with the chain spec: its metadata describes the type in a way that is not understood here",
});
