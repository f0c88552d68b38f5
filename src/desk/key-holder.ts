import {equalBytes} from "#base";
import {SESSION_KEY_TYPES} from "#core";
import type {Keystore} from "#keystore";
import type {AccountId} from "#primitives";
import type {CollatorMember, CollatorSet} from "#runtime-api";
import type {ChainStore} from "#store";
import {memberOf} from "./members.ts";
import type {StoppedKey} from "./vocabulary.ts";

/** The name under which the account is remembered, beside the chain. */
const ACCOUNT_KEPT_AS = "collator-account";
const KEY_SIZE = 32;

/** For whom this node collates, and what it can sign with. */
export class KeyHolder {
  readonly #keystore: Keystore;
  readonly #store: Pick<ChainStore, "value" | "setValue">;
  #account: AccountId | undefined;
  #stopped: readonly StoppedKey[] = [];

  constructor(keystore: Keystore, store: Pick<ChainStore, "value" | "setValue">) {
    this.#keystore = keystore;
    this.#store = store;
    this.#account = store.value(ACCOUNT_KEPT_AS);
  }

  watch(account: AccountId | undefined): void {
    this.#account = account;
    this.#store.setValue(ACCOUNT_KEPT_AS, account);
  }

  /** As it was told, or the owner of keys in the keystore. */
  accountIn(set: CollatorSet): AccountId | undefined {
    return this.#account ?? set.members.find(member => this.holdsAny(member))?.account;
  }

  holdsAny({auraKey, queuedKeys, nextKeys}: CollatorMember): boolean {
    const isHeld = (key: Uint8Array | undefined) =>
      key !== undefined && this.holdsAura(key.subarray(0, KEY_SIZE));
    return isHeld(auraKey) || isHeld(queuedKeys) || isHeld(nextKeys);
  }

  holdsAura(key: Uint8Array): boolean {
    return this.#keystore.has("aura", key);
  }

  /** Keys of this node that sign nothing, for another node has them too. */
  stoppedKeys(): readonly StoppedKey[] {
    const stops = this.#keystore.stops.all();
    // Where they cannot be read now they are as they were.
    if (!stops.ok) return this.#stopped;
    this.#stopped = stops.value.filter(({keyType, publicKey}) =>
      this.#keystore.has(keyType, publicKey),
    );
    return this.#stopped;
  }

  /** All of one set of session keys, in the runtime's order. */
  holds(keys: Uint8Array): boolean {
    return SESSION_KEY_TYPES.every((type, i) =>
      this.#keystore.has(type, keys.subarray(KEY_SIZE * i, KEY_SIZE * (i + 1))),
    );
  }

  /** Whether a slot of this key is one that this node should have authored. `set` is asked only where it matters. */
  isOurs(key: Uint8Array, set: () => CollatorSet): boolean {
    if (this.holdsAura(key)) return true;
    if (this.#account === undefined) return false;
    const expected = memberOf(set(), this.#account)?.auraKey;
    return expected !== undefined && equalBytes(expected, key);
  }
}
