import {bytesToBinary, LruCache, type Result} from "#base";
import type {Blockchain} from "#core";
import {StateUnreadable} from "#core";
import type {AccountId, Hash} from "#primitives";
import {
  type AccountStanding,
  type ApiFailure,
  askAccountStanding,
  askCollatorSet,
  askSessionStatus,
  auraAuthorities,
  type CollatorSet,
  describeApiFailure,
  type Runtime,
  type RuntimeHost,
  type SessionStatus,
} from "#runtime-api";

/** Blocks that are asked about again and again: the last few. */
const KEPT = 16;

/** What the runtime says at a block, each asked once. */
export class ChainFacts {
  readonly #chain: Blockchain;
  readonly #host: Omit<RuntimeHost, "state">;
  readonly #sets = new LruCache<string, CollatorSet>(KEPT);
  readonly #sessions = new LruCache<string, SessionStatus>(KEPT);
  readonly #authorities = new LruCache<string, readonly Uint8Array[]>(KEPT);

  constructor(chain: Blockchain, host: Omit<RuntimeHost, "state">) {
    this.#chain = chain;
    this.#host = host;
  }

  set(block: Hash): CollatorSet {
    return this.#kept(this.#sets, block, askCollatorSet);
  }

  session(block: Hash): SessionStatus {
    return this.#kept(this.#sessions, block, askSessionStatus);
  }

  /** Who authors on top of a block; undefined where its state is not kept. */
  authorities(block: Hash): readonly Uint8Array[] | undefined {
    if (this.#chain.state(block) === undefined) return undefined;
    return this.#kept(this.#authorities, block, auraAuthorities);
  }

  account(block: Hash, account: AccountId): AccountStanding {
    return this.#ask(block, (runtime, host) => askAccountStanding(runtime, host, account));
  }

  #kept<T>(
    cache: LruCache<string, T>,
    block: Hash,
    ask: (runtime: Runtime, host: RuntimeHost) => Result<T, ApiFailure>,
  ): T {
    const key = bytesToBinary(block);
    const known = cache.get(key);
    if (known !== undefined) return known;
    const value = this.#ask(block, ask);
    cache.set(key, value);
    return value;
  }

  /** Throws `StateUnreadable` where the runtime does not answer. */
  #ask<T>(block: Hash, ask: (runtime: Runtime, host: RuntimeHost) => Result<T, ApiFailure>): T {
    const state = this.#chain.state(block);
    if (state === undefined) throw new Error("the state of the block is at hand");
    const runtime = this.#chain.runtimeOf(state);
    if (!runtime.ok) throw new StateUnreadable(runtime.error);
    const answer = ask(runtime.value, this.#chain.host(state, this.#host));
    if (!answer.ok) throw new StateUnreadable(describeApiFailure(answer.error));
    return answer.value;
  }
}
