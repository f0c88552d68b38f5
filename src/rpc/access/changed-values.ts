import {type BinaryString, equalBytes} from "#base";
import type {StateView} from "#state";
import type {StorageChange} from "../shapes/storage-change-set.ts";

/** What some keys hold in one state after another: every key at first, then those whose value is another. */
export class ChangedValues {
  readonly #keys: readonly BinaryString[];
  #last: (Uint8Array | undefined)[] | undefined;

  constructor(keys: readonly BinaryString[]) {
    this.#keys = [...new Set(keys)];
  }

  next(view: StateView): StorageChange[] {
    const last = this.#last;
    const now = this.#keys.map(key => view.get(key));
    this.#last = now;
    const changes: StorageChange[] = [];
    for (let i = 0; i < now.length; i++) {
      if (last === undefined || !isSame(last[i], now[i])) changes.push([this.#keys[i]!, now[i]]);
    }
    return changes;
  }
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && equalBytes(a, b));
}
