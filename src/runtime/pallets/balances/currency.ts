import {equalBytes, err, ok, type Result} from "#base";
import {MAX_U128} from "#codec";
import type {AccountId, DispatchError} from "#primitives";
import type {Externalities} from "#state";
import type {AccountData} from "../system/index.ts";
import type {AccountStore} from "./account-store.ts";
import type {BalancesErrors, BalancesEvents} from "./pallet-parts.ts";
import type {Preservation, Spendable} from "./spendable.ts";
import type {BalancesStorage} from "./storage.ts";

export interface CurrencyDependencies {
  readonly accounts: AccountStore;
  readonly spendable: Spendable;
  readonly events: BalancesEvents;
  readonly errors: BalancesErrors;
  readonly storage: BalancesStorage;
}

const OVERFLOW: DispatchError = {type: "Arithmetic", value: "Overflow"};

/** How funds move on behalf of calls and of other pallets (spec/pallets §8.3, §8.5, §8.6). */
export class Currency {
  readonly #deps: CurrencyDependencies;

  constructor(dependencies: CurrencyDependencies) {
    this.#deps = dependencies;
  }

  /** Lowers the total issuance by what has left circulation. */
  burn(state: Externalities, amount: bigint): void {
    if (amount === 0n) return;
    const {totalIssuance} = this.#deps.storage;
    const total = totalIssuance.get(state);
    totalIssuance.set(state, total > amount ? total - amount : 0n);
  }

  issue(state: Externalities, amount: bigint): void {
    if (amount === 0n) return;
    const {totalIssuance} = this.#deps.storage;
    const total = totalIssuance.get(state) + amount;
    totalIssuance.set(state, total > MAX_U128 ? MAX_U128 : total);
  }

  free(state: Externalities, who: AccountId): bigint {
    return this.#deps.accounts.get(state, who).free;
  }

  /** A transfer with all its checks; the event says what moved. */
  transfer(
    state: Externalities,
    from: AccountId,
    to: AccountId,
    amount: bigint,
    preservation: Preservation,
  ): Result<void, DispatchError> {
    const {spendable, events} = this.#deps;
    const withdrawable = spendable.canWithdraw(state, from, amount, preservation);
    if (!withdrawable.ok) return withdrawable;
    const depositable = spendable.canDeposit(state, to, amount);
    if (!depositable.ok) return depositable;
    const most = spendable.reducible(state, from, preservation);
    const moved = amount < most ? amount : most;
    const decreased = this.#setFree(state, from, this.free(state, from) - moved);
    if (!decreased.ok) return decreased;
    // Receiving nothing touches nothing, where sending nothing does (seen in recorded blocks).
    if (amount > 0n) {
      const increased = this.#setFree(state, to, this.free(state, to) + amount);
      if (!increased.ok) return increased;
    }
    events.Transfer(state, {from, to, amount});
    return ok();
  }

  /** Changes an account; what becomes dust leaves circulation. */
  #change<T>(
    state: Externalities,
    who: AccountId,
    change: Parameters<typeof AccountStore.prototype.mutate<T>>[2],
  ): Result<T, DispatchError> {
    const changed = this.#deps.accounts.mutate(state, who, change);
    if (!changed.ok) return changed;
    this.burn(state, changed.value.dust);
    return ok(changed.value.value);
  }

  #setFree(state: Externalities, who: AccountId, free: bigint): Result<void, DispatchError> {
    const {spendable, errors} = this.#deps;
    const most = spendable.reducible(state, who, "Expendable", false);
    return this.#change(state, who, data =>
      data.free > free && data.free - free > most
        ? err(errors.InsufficientBalance)
        : ok({data: {...data, free}, value: undefined}),
    );
  }

  /** As pallets move funds: nothing at all happens for nothing, or to oneself. */
  pay(
    state: Externalities,
    from: AccountId,
    to: AccountId,
    amount: bigint,
    preservation: Preservation,
  ): Result<void, DispatchError> {
    if (amount === 0n || equalBytes(from, to)) return ok();
    return this.transfer(state, from, to, amount, preservation);
  }

  reserve(state: Externalities, who: AccountId, amount: bigint): Result<void, DispatchError> {
    if (amount === 0n) return ok();
    const {errors, events} = this.#deps;
    const changed = this.#change(state, who, data => {
      if (data.free < amount) return err(errors.InsufficientBalance);
      if (data.reserved + amount > MAX_U128) return err(OVERFLOW);
      const free = data.free - amount;
      if (free < data.frozen) return err(errors.LiquidityRestrictions);
      return ok({data: {...data, free, reserved: data.reserved + amount}, value: undefined});
    });
    if (!changed.ok) return changed;
    events.Reserved(state, {who, amount});
    return ok();
  }

  /** Moves up to `amount` back to free; returns what could not be moved. */
  unreserve(state: Externalities, who: AccountId, amount: bigint): bigint {
    if (amount === 0n) return 0n;
    const {accounts, events} = this.#deps;
    const {free, reserved} = accounts.get(state, who);
    if (free + reserved === 0n) return amount;
    const changed = this.#change(state, who, data => {
      const moved = data.reserved < amount ? data.reserved : amount;
      return ok({
        data: {...data, free: data.free + moved, reserved: data.reserved - moved},
        value: moved,
      });
    });
    if (!changed.ok) return amount;
    events.Unreserved(state, {who, amount: changed.value});
    return amount - changed.value;
  }

  /** Takes a fee, keeping the account alive. The amount still counts in the total issuance. */
  withdraw(state: Externalities, who: AccountId, amount: bigint): Result<void, DispatchError> {
    if (amount === 0n) return ok();
    return this.#change(state, who, data => {
      const free = this.#freeWithout(data, amount);
      if (!free.ok) return free;
      this.#deps.events.Withdraw(state, {who, amount});
      return ok({data: {...data, free: free.value}, value: undefined});
    });
  }

  /** Whether `withdraw` would take it; changes nothing. */
  canWithdraw(state: Externalities, who: AccountId, amount: bigint): Result<void, DispatchError> {
    if (amount === 0n) return ok();
    const free = this.#freeWithout(this.#deps.accounts.get(state, who), amount);
    return free.ok ? ok() : free;
  }

  #freeWithout(data: AccountData, amount: bigint): Result<bigint, DispatchError> {
    const {accounts, errors} = this.#deps;
    if (data.free < amount) return err(errors.InsufficientBalance);
    const free = data.free - amount;
    const ed = accounts.existentialDeposit;
    if (free < ed && data.free >= ed) return err(errors.Expendability);
    return free < data.frozen ? err(errors.LiquidityRestrictions) : ok(free);
  }

  /** Gives to an account that exists. */
  depositIntoExisting(
    state: Externalities,
    who: AccountId,
    amount: bigint,
  ): Result<void, DispatchError> {
    if (amount === 0n) return ok();
    const {errors, events} = this.#deps;
    return this.#change(state, who, (data, isNew) => {
      if (isNew) return err(errors.DeadAccount);
      if (data.free + amount > MAX_U128) return err(OVERFLOW);
      events.Deposit(state, {who, amount});
      return ok({data: {...data, free: data.free + amount}, value: undefined});
    });
  }

  /** Gives to an account that may have to be made; false when the amount is too small for that. */
  depositCreating(state: Externalities, who: AccountId, amount: bigint): boolean {
    if (amount === 0n) return true;
    const {accounts, errors, events} = this.#deps;
    return this.#change(state, who, (data, isNew) => {
      if (isNew && amount < accounts.existentialDeposit) return err(errors.ExistentialDeposit);
      if (data.free + amount > MAX_U128) return err(OVERFLOW);
      events.Deposit(state, {who, amount});
      return ok({data: {...data, free: data.free + amount}, value: undefined});
    }).ok;
  }
}
