import {type BinaryString, bytesToBinary} from "#base";
import {decodeItems} from "../block-record.ts";
import {isChecked, isWhole, NAMES, valueOfWhole} from "../checked-rows.ts";
import type {KeyValueStore} from "../key-value-store.ts";

/** Rows as far as they are whole: a damaged one is not there. */
export class LenientRows {
  readonly #store: Pick<KeyValueStore, "get">;
  readonly #instead: ReadonlyMap<BinaryString, Uint8Array | undefined>;

  /** `instead`: values that were lost, as far as they follow from the rest. */
  constructor(
    store: Pick<KeyValueStore, "get">,
    instead: ReadonlyMap<BinaryString, Uint8Array | undefined> = new Map(),
  ) {
    this.#store = store;
    this.#instead = instead;
  }

  get(key: BinaryString): Uint8Array | undefined {
    if (this.#instead.has(key)) return this.#instead.get(key);
    const row = this.#store.get(key);
    if (row === undefined || !isChecked(key)) return row;
    return isWhole(key, row) ? valueOfWhole(row) : undefined;
  }

  /** Of the node's own values those that were written; undefined where the list of them is lost. */
  listedNames(): BinaryString[] | undefined {
    const names = this.get(NAMES);
    return names === undefined ? undefined : decodeItems(names).map(bytesToBinary);
  }
}
