import {bytesToBinary, err, LruCache, ok, type Result} from "#base";
import type {Blockchain} from "#core";
import {StateUnreadable} from "#core";
import type {Hashing} from "#crypto";
import {type ChainDescription, describeRuntime, StateReader} from "#description";
import type {AccountId, Hash} from "#primitives";
import {
  type ApiFailure,
  apiVersion,
  askAccountStanding,
  askCollatorSet,
  askSessionStatus,
  auraAuthorities,
  describeApiFailure,
  type Runtime,
  type RuntimeHost,
} from "#runtime-api";
import type {StateView} from "#state";
import {
  type AccountFacts,
  accountOfApi,
  askKeyLayout,
  type KeyLayout,
  readAccount,
  readKeyOwner,
  readPayAtStart,
  readRemovedAtStart,
  readSession,
  readSet,
  type SessionFacts,
  type SetFacts,
  type SplitKeys,
  sessionOfApi,
  setOfApi,
  splitBy,
  type UnpublishedRules,
} from "./facts/index.ts";
import {trySelection, trySessionPeriod} from "./trials/index.ts";

/** Blocks that are asked about again and again: the last few. */
const KEPT = 16;

/**
 * Rules that a runtime was tried for, by the roots of the states it was tried over: chains of one process that begin alike, as in
 * tests, try once. A trial is some thirty calls of the runtime.
 */
const TRIED = new WeakMap<Runtime, LruCache<string, UnpublishedRules>>();

/** A block's state with the runtime that made it. */
interface Place {
  readonly runtime: Runtime;
  readonly host: RuntimeHost;
  readonly state: StateView;
}

/**
 * What the chain says at a block, each asked once: by `CollatorApi` where its runtime has that, and by its description
 * where not. Undefined: the chain does not publish it, or the state of the block is not kept.
 *
 * A runtime that has `CollatorApi` and does not answer it is broken, and throws `StateUnreadable`, as does a state that
 * no program here runs. A runtime that is merely another one never throws.
 */
export class ChainFacts {
  readonly #chain: Blockchain;
  readonly #host: Omit<RuntimeHost, "state">;
  readonly #hashing: Hashing;
  readonly #layouts = new WeakMap<Runtime, KeyLayout>();
  readonly #rules = new WeakMap<Runtime, UnpublishedRules>();
  readonly #sets = new LruCache<string, {readonly value: SetFacts | undefined}>(KEPT);
  readonly #sessions = new LruCache<string, {readonly value: SessionFacts | undefined}>(KEPT);
  readonly #authorities = new LruCache<string, {readonly value: readonly Uint8Array[] | undefined}>(
    KEPT,
  );

  constructor(chain: Blockchain, host: Omit<RuntimeHost, "state">, hashing: Hashing) {
    this.#chain = chain;
    this.#host = host;
    this.#hashing = hashing;
  }

  set(block: Hash): SetFacts | undefined {
    return this.#kept(this.#sets, block, place => {
      const split = this.#split(place);
      return hasApi(place)
        ? setOfApi(answered(askCollatorSet(place.runtime, place.host)), split)
        : this.#read(place, reader => readSet(reader, split, this.#rulesOf(place, reader)));
    });
  }

  session(block: Hash): SessionFacts | undefined {
    return this.#kept(this.#sessions, block, place =>
      hasApi(place)
        ? sessionOfApi(answered(askSessionStatus(place.runtime, place.host)))
        : this.#read(place, reader => readSession(reader, this.#rulesOf(place, reader))),
    );
  }

  /** The keys that author on top of a block, in the order of their turns. */
  authorities(block: Hash): readonly Uint8Array[] | undefined {
    return this.#kept(this.#authorities, block, place => {
      const keys = auraAuthorities(place.runtime, place.host);
      if (hasApi(place)) return answered(keys);
      return keys.ok ? keys.value : undefined;
    });
  }

  /** Who authors on top of a block, in the order of their turns; undefined where nobody knows whose key is whose. */
  authors(block: Hash): readonly AccountId[] | undefined {
    const place = this.#placeOf(block);
    const session = this.session(block);
    if (place === undefined || session === undefined) return undefined;
    if (hasApi(place)) return session.validators;
    const isInStep = this.authorities(block)?.length === session.validators.length;
    return isInStep ? session.validators : undefined;
  }

  account(block: Hash, account: AccountId): AccountFacts | undefined {
    const place = this.#placeOf(block);
    if (place === undefined) return undefined;
    const split = this.#split(place);
    return hasApi(place)
      ? accountOfApi(answered(askAccountStanding(place.runtime, place.host, account)), split)
      : this.#read(place, reader => readAccount(reader, account, split));
  }

  /**
   * What a block brought its author when it began, in the smallest unit: by the rule of our own chain, and on others by
   * their events.
   */
  paidAtStart(block: Hash, parent: Hash, author: AccountId): bigint | undefined {
    const place = this.#placeOf(parent);
    if (place !== undefined && hasApi(place)) {
      const {potBalance, existentialDeposit} = this.set(parent) ?? {};
      return halfAbove(potBalance, existentialDeposit);
    }
    // Events are of the runtime that the block was made by: its parent's.
    const state = this.#chain.state(block);
    if (place === undefined || state === undefined) return undefined;
    return this.#read({...place, state}, reader => readPayAtStart(reader, author));
  }

  /** Whose session key this is, by the state of a block; undefined where it says nothing of it. */
  keyOwner(block: Hash, keyType: string, key: Uint8Array): AccountId | undefined {
    const place = this.#placeOf(block);
    return place && this.#read(place, reader => readKeyOwner(reader, keyType, key));
  }

  /** Candidates that a block took off the list when it began; none where its events cannot be read. */
  removedAtStart(block: Hash, parent: Hash): readonly AccountId[] {
    // Events are of the runtime that the block was made by: its parent's.
    const place = this.#placeOf(parent);
    const state = this.#chain.state(block);
    if (place === undefined || state === undefined) return [];
    return this.#read({...place, state}, readRemovedAtStart) ?? [];
  }

  /** The block's runtime as it describes itself, or why it does not, in words. */
  description(block: Hash): Result<ChainDescription, string> {
    const place = this.#placeOf(block);
    if (place === undefined) return err("the state of the block is not kept");
    return describeRuntime(place.runtime, place.host);
  }

  /** Why `set` is undefined, in words without an end. */
  whyNoSet(block: Hash): string {
    const described = this.description(block);
    return described.ok ? "this chain does not publish a set of collators" : described.error;
  }

  /** Reads the block's state by its description; a failure says in words why there is none. */
  reader(block: Hash): Result<StateReader, string> {
    const place = this.#placeOf(block);
    if (place === undefined) return err("the state of the block is not kept");
    return this.#readerOf(place);
  }

  #readerOf({runtime, host, state}: Place): Result<StateReader, string> {
    const described = describeRuntime(runtime, host);
    return described.ok
      ? ok(new StateReader(described.value, state, this.#hashing))
      : err(described.error);
  }

  #read<T>(place: Place, read: (reader: StateReader) => T): T | undefined {
    const reader = this.#readerOf(place);
    return reader.ok ? read(reader.value) : undefined;
  }

  /** Tried once for each runtime, over the first state that is asked about: they are compiled in. */
  #rulesOf({runtime, state}: Place, {description}: StateReader): UnpublishedRules {
    const known = this.#rules.get(runtime);
    if (known !== undefined) return known;
    const tried = TRIED.get(runtime) ?? new LruCache<string, UnpublishedRules>(KEPT);
    TRIED.set(runtime, tried);
    const root = bytesToBinary(state.root());
    let rules = tried.get(root);
    if (rules === undefined) {
      const ground = {runtime, description, state, hashing: this.#hashing};
      rules = {period: trySessionPeriod(ground)?.period, ...trySelection(ground)};
      tried.set(root, rules);
    }
    this.#rules.set(runtime, rules);
    return rules;
  }

  /** The runtime is asked about the first keys that are met; all others of it are as long. */
  #split({runtime, host}: Place): SplitKeys {
    return all => {
      const layout = this.#layouts.get(runtime) ?? askKeyLayout(runtime, host, all);
      if (layout === undefined) return undefined;
      this.#layouts.set(runtime, layout);
      return splitBy(layout, all);
    };
  }

  #kept<T>(
    cache: LruCache<string, {readonly value: T}>,
    block: Hash,
    ask: (place: Place) => T,
  ): T | undefined {
    const key = bytesToBinary(block);
    const known = cache.get(key);
    if (known !== undefined) return known.value;
    const place = this.#placeOf(block);
    if (place === undefined) return undefined;
    const value = ask(place);
    cache.set(key, {value});
    return value;
  }

  #placeOf(block: Hash): Place | undefined {
    const state = this.#chain.state(block);
    if (state === undefined) return undefined;
    const runtime = this.#chain.runtimeOf(state);
    if (!runtime.ok) throw new StateUnreadable(runtime.error);
    return {runtime: runtime.value, host: this.#chain.host(state, this.#host), state};
  }
}

/** What an author gets of a pot that holds so much (pallet_collator_selection, `note_author`). */
function halfAbove(pot: bigint | undefined, deposit: bigint | undefined): bigint | undefined {
  if (pot === undefined || deposit === undefined) return undefined;
  return pot > deposit ? (pot - deposit) / 2n : 0n;
}

const hasApi = ({runtime}: Place): boolean => apiVersion(runtime, "CollatorApi") !== undefined;

function answered<T>(answer: Result<T, ApiFailure>): T {
  if (answer.ok) return answer.value;
  throw new StateUnreadable(describeApiFailure(answer.error));
}
