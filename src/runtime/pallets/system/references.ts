import {err, ok, type Result} from "#base";
import type {AccountId, DispatchError} from "#primitives";
import type {Externalities} from "#state";
import type {SystemEvents, SystemStorage} from "./pallet-parts.ts";

/** Most consumers an account may have, except where a caller is exempt (spec/pallets §2). */
const MAX_CONSUMERS = 16;

const NO_PROVIDERS: DispatchError = {type: "NoProviders"};
const TOO_MANY_CONSUMERS: DispatchError = {type: "TooManyConsumers"};
const CONSUMER_REMAINING: DispatchError = {type: "ConsumerRemaining"};

/**
 * What keeps an account alive (providers, sufficients) and what forbids it to go (consumers); spec/pallets §6.1.
 */
export class References {
  readonly #account: SystemStorage["account"];
  readonly #events: Pick<SystemEvents, "NewAccount" | "KilledAccount">;

  constructor(
    account: SystemStorage["account"],
    events: Pick<SystemEvents, "NewAccount" | "KilledAccount">,
  ) {
    this.#account = account;
    this.#events = events;
  }

  incProviders(state: Externalities, who: AccountId): void {
    const info = this.#account.get(state, who);
    const created = info.providers === 0 && info.sufficients === 0;
    this.#account.set(state, who, {...info, providers: created ? 1 : info.providers + 1});
    if (created) this.#events.NewAccount(state, {account: who});
  }

  /** Removes the whole account, nonce included, when nothing keeps it any more. */
  decProviders(state: Externalities, who: AccountId): Result<void, DispatchError> {
    const info = this.#account.get(state, who);
    const providers = Math.max(info.providers, 1);
    if (providers === 1 && info.consumers === 0 && info.sufficients === 0) {
      this.#account.remove(state, who);
      this.#events.KilledAccount(state, {account: who});
      return ok();
    }
    if (providers === 1 && info.consumers > 0 && info.sufficients === 0) {
      return err(CONSUMER_REMAINING);
    }
    this.#account.set(state, who, {...info, providers: providers - 1});
    return ok();
  }

  incConsumers(state: Externalities, who: AccountId): Result<void, DispatchError> {
    const info = this.#account.get(state, who);
    if (info.providers === 0) return err(NO_PROVIDERS);
    if (info.consumers >= MAX_CONSUMERS) return err(TOO_MANY_CONSUMERS);
    this.#account.set(state, who, {...info, consumers: info.consumers + 1});
    return ok();
  }

  incConsumersWithoutLimit(state: Externalities, who: AccountId): Result<void, DispatchError> {
    const info = this.#account.get(state, who);
    if (info.providers === 0) return err(NO_PROVIDERS);
    this.#account.set(state, who, {...info, consumers: info.consumers + 1});
    return ok();
  }

  decConsumers(state: Externalities, who: AccountId): void {
    const info = this.#account.get(state, who);
    if (info.consumers === 0) return;
    this.#account.set(state, who, {...info, consumers: info.consumers - 1});
  }

  canIncConsumer(state: Externalities, who: AccountId): boolean {
    const info = this.#account.get(state, who);
    return info.providers > 0 && info.consumers + 1 <= MAX_CONSUMERS;
  }

  canDecProvider(state: Externalities, who: AccountId): boolean {
    const info = this.#account.get(state, who);
    return info.consumers === 0 || info.providers > 1;
  }
}
