import {type BinaryString, ok, type Result} from "#base";
import type {DecodeFailure} from "#codec";
import type {Hashing} from "#crypto";
import {keysBelow, type StateView} from "#state";
import type {ChainDescription, StorageItem} from "../chain-description.ts";
import {findItem} from "../find.ts";
import {readValue} from "../values/codec-of.ts";
import type {ValueMisfit} from "../values/misfit.ts";
import {readStorageKey, storageKey} from "./storage-key.ts";

/** What a state has of an item. */
export type Reading =
  /** `isStored`: false where it is the item's default that is read. */
  | {readonly kind: "value"; readonly value: unknown; readonly isStored: boolean}
  /** The item is optional, and nothing is stored. */
  | {readonly kind: "nothing"}
  /** The chain has no such pallet, or the pallet no such item. */
  | {readonly kind: "not-published"}
  /** The keys asked for are none of the item's. */
  | {readonly kind: "misfit"; readonly misfit: ValueMisfit}
  /** Bytes that are not what metadata says, or a type that metadata does not tell. */
  | {readonly kind: "unreadable"; readonly failure: DecodeFailure};

/** One entry of a map. */
export interface MapEntry {
  readonly key: BinaryString;
  /** Undefined for each that its hasher leaves nothing of. */
  readonly keys: readonly unknown[];
  readonly value: Result<unknown, DecodeFailure>;
}

export interface EntryPage {
  readonly entries: readonly MapEntry[];
  /** Where the next page begins; undefined where this was the last one. */
  readonly after: BinaryString | undefined;
}

/** What reads under a key, from what is stored there. */
export function readStored(item: StorageItem, stored: Uint8Array | undefined): Reading {
  if (stored === undefined && item.modifier === "Optional") return {kind: "nothing"};
  const read = readValue(item.value, stored ?? item.fallback);
  return read.ok
    ? {kind: "value", value: read.value, isStored: stored !== undefined}
    : {kind: "unreadable", failure: read.error};
}

/** Reads one state by names. Descriptions and states of different runtimes do not go together: one reader a block. */
export class StateReader {
  readonly description: ChainDescription;
  readonly #state: Pick<StateView, "get" | "has" | "nextKey">;
  readonly #hashing: Hashing;

  constructor(
    description: ChainDescription,
    state: Pick<StateView, "get" | "has" | "nextKey">,
    hashing: Hashing,
  ) {
    this.description = description;
    this.#state = state;
    this.#hashing = hashing;
  }

  publishes(name: string): boolean {
    return findItem(this.description, name) !== undefined;
  }

  /** `ask("System.Account", [who])`, with all that may stand in the way told apart. */
  ask(name: string, keys: readonly unknown[] = []): Reading {
    const item = findItem(this.description, name);
    if (item === undefined) return {kind: "not-published"};
    if (keys.length < item.keys.length) {
      const expected = `${item.keys.length} keys`;
      return {kind: "misfit", misfit: {code: "misfit", at: "", expected}};
    }
    const key = storageKey(item, keys, this.#hashing);
    if (!key.ok) return {kind: "misfit", misfit: key.error};
    return readStored(item, this.#state.get(key.value));
  }

  /** The bytes under an item's key; undefined where nothing is stored, and where the chain has no item of such keys. */
  stored(name: string, keys: readonly unknown[] = []): Uint8Array | undefined {
    const item = findItem(this.description, name);
    if (item === undefined || keys.length < item.keys.length) return undefined;
    const key = storageKey(item, keys, this.#hashing);
    return key.ok ? this.#state.get(key.value) : undefined;
  }

  /** The value, or undefined where there is none, for whichever reason. */
  read(name: string, keys: readonly unknown[] = []): unknown {
    const reading = this.ask(name, keys);
    return reading.kind === "value" ? reading.value : undefined;
  }

  /**
   * Entries of a map in the order of their storage keys, at most `limit`; with `keys`, those under these first ones.
   * Undefined where the chain has no such item; a failure where the keys are none of the item's.
   */
  page(
    name: string,
    {
      keys = [],
      after,
      limit,
    }: {keys?: readonly unknown[]; after?: BinaryString | undefined; limit: number},
  ): Result<EntryPage, ValueMisfit> | undefined {
    const item = findItem(this.description, name);
    if (item === undefined) return undefined;
    const prefix = storageKey(item, keys, this.#hashing);
    if (!prefix.ok) return prefix;
    const entries: MapEntry[] = [];
    let last: BinaryString | undefined;
    for (const key of keysBelow(this.#state, prefix.value, after)) {
      if (entries.length === limit) return ok({entries, after: last});
      last = key;
      entries.push(this.#entry(item, key));
    }
    return ok({entries, after: undefined});
  }

  #entry(item: StorageItem, key: BinaryString): MapEntry {
    const keys = readStorageKey(item, key, this.#hashing) ?? item.keys.map(() => undefined);
    return {key, keys, value: readValue(item.value, this.#state.get(key)!)};
  }
}
