import {equalBytes} from "#base";
import {isKeyTypeId, type Keystore} from "#keystore";
import type {AccountId} from "#primitives";
import type {TypedKey} from "#runtime-api";
import type {ChainStore} from "#store";
import type {MemberFacts, SessionKeys, SetFacts} from "./facts/index.ts";
import {memberOf} from "./members.ts";
import type {StoppedKey} from "./vocabulary.ts";

/** The name under which the account is remembered, beside the chain. */
const ACCOUNT_KEPT_AS = "collator-account";
/** The same of the account that was last found by its keys. */
const FOUND_KEPT_AS = "collator-account-found";

/** For whom this node collates, and what it can sign with. */
export class KeyHolder {
  readonly #keystore: Keystore;
  readonly #store: Pick<ChainStore, "value" | "setValue">;
  #account: AccountId | undefined;
  /** Whose keys were last here: it is still for this account that the node collates when they are gone. */
  #found: AccountId | undefined;
  #stopped: readonly StoppedKey[] = [];

  constructor(keystore: Keystore, store: Pick<ChainStore, "value" | "setValue">) {
    this.#keystore = keystore;
    this.#store = store;
    this.#account = store.value(ACCOUNT_KEPT_AS);
    this.#found = store.value(FOUND_KEPT_AS);
  }

  watch(account: AccountId | undefined): void {
    this.#account = account;
    this.#store.setValue(ACCOUNT_KEPT_AS, account);
  }

  /** As it was told, or the owner of keys in the keystore, or who that was before the chain came to expect others. */
  accountIn(set: SetFacts | undefined): AccountId | undefined {
    if (this.#account !== undefined) return this.#account;
    const found = set?.members.find(member => this.holdsAny(member))?.account;
    if (found !== undefined) this.#remember(found);
    return found ?? this.#found;
  }

  #remember(found: AccountId): void {
    if (this.#found !== undefined && equalBytes(this.#found, found)) return;
    this.#found = found;
    this.#store.setValue(FOUND_KEPT_AS, found);
  }

  holdsAny({auraKey, queuedKeys, nextKeys}: MemberFacts): boolean {
    const auraKeys = [queuedKeys, nextKeys].map(keys => keys?.byType?.find(isAura)?.publicKey);
    return [auraKey, ...auraKeys].some(key => key !== undefined && this.holdsAura(key));
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

  /** All of one set of session keys, each by its type; undefined where the types are not known. */
  holds({byType}: SessionKeys): boolean | undefined {
    return byType?.every(
      ({keyType, publicKey}) => isKeyTypeId(keyType) && this.#keystore.has(keyType, publicKey),
    );
  }

  /** Whether a slot of this key is one that this node should have authored. `set` is asked only where it matters. */
  isOurs(key: Uint8Array, set: () => SetFacts | undefined): boolean {
    if (this.holdsAura(key)) return true;
    const account = this.#account ?? this.#found;
    if (account === undefined) return false;
    const expected = memberOf(set(), account)?.auraKey;
    return expected !== undefined && equalBytes(expected, key);
  }
}

const isAura = ({keyType}: TypedKey): boolean => keyType === "aura";
