import {type BinaryString, bytesToBinary} from "#base";
import {decodeItems} from "../block-record.ts";
import {isChecked, isWhole, NAMES, valueOfWhole} from "../checked-rows.ts";
import type {KeyValueStore} from "../key-value-store.ts";

/** Rows as far as they are whole: a damaged one is not there. */
export class LenientRows {
  readonly #store: Pick<KeyValueStore, "get">;

  constructor(store: Pick<KeyValueStore, "get">) {
    this.#store = store;
  }

  get(key: BinaryString): Uint8Array | undefined {
    const row = this.#store.get(key);
    if (row === undefined || !isChecked(key)) return row;
    return isWhole(key, row) ? valueOfWhole(row) : undefined;
  }

  /** Values of the node's own that were written and are not there, or the list of them. */
  lostNames(): BinaryString[] {
    const names = this.get(NAMES);
    if (names === undefined) return [NAMES];
    return decodeItems(names)
      .map(bytesToBinary)
      .filter(key => this.#store.get(key) === undefined);
  }
}
