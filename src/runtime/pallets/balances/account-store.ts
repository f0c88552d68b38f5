import {ok, type Result} from "#base";
import type {AccountId, DispatchError} from "#primitives";
import type {Externalities} from "#state";
import {
  type AccountData,
  type AccountInfo,
  DEFAULT_ACCOUNT_DATA,
  NEW_LOGIC_FLAG,
  type References,
} from "../system/index.ts";
import type {BalancesEvents} from "./pallet-parts.ts";

interface AccountItem {
  get(state: Externalities, who: AccountId): AccountInfo;
  set(state: Externalities, who: AccountId, info: AccountInfo): void;
  remove(state: Externalities, who: AccountId): void;
}

export interface AccountStoreDependencies {
  readonly existentialDeposit: bigint;
  readonly account: AccountItem;
  readonly references: References;
  readonly events: BalancesEvents;
}

function isDefault(data: AccountData): boolean {
  return (
    data.free === 0n && data.reserved === 0n && data.frozen === 0n && data.flags === NEW_LOGIC_FLAG
  );
}

function consumes(data: AccountData): boolean {
  return data.reserved > 0n || data.frozen > 0n;
}

/** What a change made of an account; `dust` has left it and still counts in the total issuance. */
export interface Changed<T> {
  readonly value: T;
  readonly dust: bigint;
}

/**
 * The one routine through which every balance changes (spec/pallets §8.1): it keeps the references of System in
 * step with what the account holds, reaps it below the existential deposit, and says what happened.
 */
export class AccountStore {
  readonly #deps: AccountStoreDependencies;

  constructor(dependencies: AccountStoreDependencies) {
    this.#deps = dependencies;
  }

  get existentialDeposit(): bigint {
    return this.#deps.existentialDeposit;
  }

  get(state: Externalities, who: AccountId): AccountData {
    return this.#deps.account.get(state, who).data;
  }

  info(state: Externalities, who: AccountId): AccountInfo {
    return this.#deps.account.get(state, who);
  }

  /**
   * Applies `change` and settles its consequences. On an error part of the work may already stand: callers run in
   * a storage layer that undoes it.
   */
  mutate<T>(
    state: Externalities,
    who: AccountId,
    change: (
      data: AccountData,
      isNew: boolean,
    ) => Result<{data: AccountData; value: T}, DispatchError>,
  ): Result<Changed<T>, DispatchError> {
    const {references, existentialDeposit, events} = this.#deps;
    const {account} = this.#deps;
    let info = account.get(state, who);
    if (this.upgrade(state, who)) info = account.get(state, who);
    const before = info.data;
    const isNew = isDefault(before);
    const changed = change(before, isNew);
    if (!changed.ok) return changed;
    const {data, value} = changed.value;

    const didProvide = before.free >= existentialDeposit;
    const didConsume = !isNew && consumes(before);
    const doesProvide = data.free >= existentialDeposit;
    const doesConsume = consumes(data);
    const countsChange = didProvide !== doesProvide || didConsume !== doesConsume;
    if (!didProvide && doesProvide) references.incProviders(state, who);
    if (didConsume && !doesConsume) references.decConsumers(state, who);
    if (!didConsume && doesConsume) {
      const counted = references.incConsumers(state, who);
      if (!counted.ok) return counted;
    }
    if (didProvide && !doesProvide) {
      const dropped = references.decProviders(state, who);
      if (!dropped.ok) return this.#undoConsumer(state, who, {didConsume, doesConsume}, dropped);
    }

    const reaped = data.free < existentialDeposit && data.reserved === 0n;
    if (countsChange) info = account.get(state, who);
    this.#write(state, who, info, reaped ? DEFAULT_ACCOUNT_DATA : data);
    const dust = reaped ? data.free : 0n;
    if (isNew) events.Endowed(state, {account: who, freeBalance: data.free});
    if (dust > 0n) events.DustLost(state, {account: who, amount: dust});
    return ok({value, dust});
  }

  #undoConsumer(
    state: Externalities,
    who: AccountId,
    {didConsume, doesConsume}: {didConsume: boolean; doesConsume: boolean},
    failure: Result<never, DispatchError>,
  ): Result<never, DispatchError> {
    if (didConsume && !doesConsume) this.#deps.references.incConsumers(state, who);
    if (!didConsume && doesConsume) this.#deps.references.decConsumers(state, who);
    return failure;
  }

  /** The data is kept only as long as something keeps the account. */
  #write(state: Externalities, who: AccountId, info: AccountInfo, data: AccountData): void {
    const {account} = this.#deps;
    if (info.providers > 0 || info.sufficients > 0) account.set(state, who, {...info, data});
    else account.remove(state, who);
  }

  /** Brings an account of the older rules to the newer ones; true when it was one. */
  upgrade(state: Externalities, who: AccountId): boolean {
    const {account, references, events} = this.#deps;
    const data = this.get(state, who);
    if ((data.flags & NEW_LOGIC_FLAG) !== 0n) return false;
    if (data.reserved > 0n && data.frozen === 0n) {
      if (account.get(state, who).providers === 0) references.incProviders(state, who);
      references.incConsumersWithoutLimit(state, who);
    }
    const info = account.get(state, who);
    this.#write(state, who, info, {...data, flags: data.flags | NEW_LOGIC_FLAG});
    events.Upgraded(state, {who});
    return true;
  }
}
