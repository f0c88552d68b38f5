import {type BinaryString, binaryToBytes, bytesToHex} from "#base";
import type {TypeInfo} from "#codec";
import type {Hashing} from "#crypto";
import {
  type ChainDescription,
  ItemsByPrefix,
  itemName,
  readStorageKey,
  readValue,
} from "#description";
import type {AccountBook} from "../accounts/account-book.ts";
import {showValue} from "./show-value.ts";

/** Well-known keys are texts that begin so. */
const WELL_KNOWN = /^:[\x20-\x7e]+$/;
/** Bytes of a value that nobody describes that are shown. */
const HEAD = 32;

/** Says keys and values of a state by the names of its items. */
export class StorageNames {
  readonly #items: ItemsByPrefix;
  readonly #hashing: Hashing;
  readonly #accounts: Pick<AccountBook, "nameOf">;
  readonly #readable: (value: unknown) => unknown;

  constructor(
    description: ChainDescription,
    hashing: Hashing,
    accounts: Pick<AccountBook, "nameOf">,
    readable: (value: unknown) => unknown,
  ) {
    this.#accounts = accounts;
    this.#items = new ItemsByPrefix(description, hashing);
    this.#hashing = hashing;
    this.#readable = readable;
  }

  /** `System.Account(alice)` */
  key(key: BinaryString): string {
    const item = this.#items.of(key);
    if (item === undefined) {
      const version = this.#items.versionOf(key);
      if (version !== undefined) return `${version} (storage version)`;
      return WELL_KNOWN.test(key) ? key : bytesToHex(binaryToBytes(key));
    }
    const keys = readStorageKey(item, key, this.#hashing);
    if (keys === undefined || keys.length === 0) return itemName(item);
    const shown = keys.map((one, i) => this.#keyText(item.keys[i]!, one));
    return `${itemName(item)}(${shown.join(", ")})`;
  }

  /** An account that nobody gave a name by its address. */
  #keyText({path}: TypeInfo, key: unknown): string {
    const isAccount = path.at(-1) === "AccountId32" && key instanceof Uint8Array;
    return isAccount ? this.#accounts.nameOf(key) : showValue(this.#readable(key));
  }

  value(key: BinaryString, bytes: Uint8Array | undefined): unknown {
    if (bytes === undefined) return undefined;
    const item = this.#items.of(key);
    const read = item && readValue(item.value, bytes);
    // Something is stored, which says that there is nothing.
    if (read?.ok) return this.#readable(read.value) ?? "None";
    const hex = bytesToHex(bytes.subarray(0, HEAD));
    return bytes.length <= HEAD ? hex : `${hex}… (${bytes.length} bytes)`;
  }
}
