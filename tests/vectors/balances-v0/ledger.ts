import {equalBytes, err, ok, type Result} from "#base";
import {MAX_U128} from "#codec";
import type {AccountId, DispatchError} from "#primitives";
import type {Externalities} from "#state";
import type {AccountData, PalletScope, References, System} from "../../../src/runtime/testing.ts";
import {EMPTY_ACCOUNT_V0, isEmpty, totalOf} from "./account-data.ts";
import type {BALANCES_V0_ERRORS} from "./errors.ts";
import type {BALANCES_V0_EVENTS} from "./events.ts";

export interface LedgerDependencies {
  readonly existentialDeposit: bigint;
  readonly account: System<AccountData>["storage"]["account"];
  readonly references: References;
  readonly totalIssuance: {
    get(state: Externalities): bigint;
    set(state: Externalities, v: bigint): void;
  };
  readonly events: ReturnType<typeof PalletScope.prototype.events<typeof BALANCES_V0_EVENTS>>;
  readonly errors: ReturnType<typeof PalletScope.prototype.errors<typeof BALANCES_V0_ERRORS>>;
}

const OVERFLOW: DispatchError = {type: "Arithmetic", value: "Overflow"};

/** Changes an account's data; `isNew` where there was none. */
type Change<T> = (
  data: AccountData,
  isNew: boolean,
) => Result<{data: AccountData; value: T}, DispatchError>;

/**
 * How funds moved before the flags. An account has one provider as long as its total is not nothing; reserving
 * takes no consumer; free and reserved together are held against the existential deposit.
 */
export class Ledger {
  readonly #deps: LedgerDependencies;

  constructor(dependencies: LedgerDependencies) {
    this.#deps = dependencies;
  }

  get(state: Externalities, who: AccountId): AccountData {
    return this.#deps.account.get(state, who).data;
  }

  free(state: Externalities, who: AccountId): bigint {
    return this.get(state, who).free;
  }

  burn(state: Externalities, amount: bigint): void {
    if (amount > 0n) this.#issue(state, -amount);
  }

  /** As imbalances do that are dropped. */
  #issueWhatFits(state: Externalities, difference: bigint): void {
    const {totalIssuance} = this.#deps;
    const sum = totalIssuance.get(state) + difference;
    totalIssuance.set(state, sum < 0n ? 0n : sum > MAX_U128 ? MAX_U128 : sum);
  }

  #issue(state: Externalities, difference: bigint): void {
    const {totalIssuance} = this.#deps;
    totalIssuance.set(state, totalIssuance.get(state) + difference);
  }

  /** Applies a change; the dust that it leaves is for the caller to sweep, since events order themselves by it. */
  #mutate<T>(
    state: Externalities,
    who: AccountId,
    change: Change<T>,
  ): Result<{value: T; dust: bigint}, DispatchError> {
    const {account, references, events, existentialDeposit} = this.#deps;
    const before = this.get(state, who);
    const isNew = isEmpty(before);
    const changed = change(before, isNew);
    if (!changed.ok) return changed;
    const {data, value} = changed.value;
    const total = totalOf(data);
    const lives = total >= existentialDeposit;
    if (isNew && lives) references.incProviders(state, who);
    if (!isNew && !lives) {
      const dropped = references.decProviders(state, who);
      if (!dropped.ok) return dropped;
    }
    const info = account.get(state, who);
    if (info.providers > 0)
      account.set(state, who, {...info, data: lives ? data : EMPTY_ACCOUNT_V0});
    if (isNew) events.Endowed(state, {account: who, freeBalance: data.free});
    return ok({value, dust: lives ? 0n : total});
  }

  #sweep(state: Externalities, who: AccountId, dust: bigint): void {
    if (dust === 0n) return;
    this.#deps.events.DustLost(state, {account: who, amount: dust});
    this.burn(state, dust);
  }

  #change<T>(state: Externalities, who: AccountId, change: Change<T>): Result<T, DispatchError> {
    const changed = this.#mutate(state, who, change);
    if (!changed.ok) return changed;
    this.#sweep(state, who, changed.value.dust);
    return ok(changed.value.value);
  }

  /** The most that can leave; with `keepAlive` as much stays as keeps the account. */
  reducible(state: Externalities, who: AccountId, keepAlive: boolean): bigint {
    const {references, existentialDeposit} = this.#deps;
    const data = this.get(state, who);
    if (!keepAlive && references.canDecProvider(state, who)) return data.free;
    const mustRemain = existentialDeposit > data.reserved ? existentialDeposit - data.reserved : 0n;
    return data.free > mustRemain ? data.free - mustRemain : 0n;
  }

  transfer(
    state: Externalities,
    from: AccountId,
    to: AccountId,
    amount: bigint,
    keepAlive: boolean,
  ): Result<void, DispatchError> {
    if (amount === 0n || equalBytes(from, to)) return ok();
    const {errors, events, references, existentialDeposit} = this.#deps;
    // The receiver's change is open while the sender's is settled, so the sender's events come first, and the
    // sender's dust is swept only when both are done.
    const moved = this.#mutate(state, to, receiver => {
      const received = {...receiver, free: receiver.free + amount};
      const sent = this.#mutate(state, from, sender => {
        const left = {...sender, free: sender.free - amount};
        if (left.free < 0n) return err(errors.InsufficientBalance);
        if (received.free > MAX_U128) return err(OVERFLOW);
        if (totalOf(received) < existentialDeposit) return err(errors.ExistentialDeposit);
        const mayDie = !keepAlive && references.canDecProvider(state, from);
        if (!mayDie && totalOf(left) < existentialDeposit) return err(errors.KeepAlive);
        return ok({data: left, value: undefined});
      });
      return sent.ok ? ok({data: received, value: sent.value.dust}) : sent;
    });
    if (!moved.ok) return moved;
    this.#sweep(state, from, moved.value.value);
    this.#sweep(state, to, moved.value.dust);
    events.Transfer(state, {from, to, amount});
    return ok();
  }

  /** As pallets move funds; they never let the payer die. */
  pay(
    state: Externalities,
    from: AccountId,
    to: AccountId,
    amount: bigint,
  ): Result<void, DispatchError> {
    return this.transfer(state, from, to, amount, true);
  }

  setBalance(
    state: Externalities,
    who: AccountId,
    free: bigint,
    reserved: bigint,
  ): Result<void, DispatchError> {
    const {events, existentialDeposit} = this.#deps;
    // A plain sum there, in a build that does not look whether it fits.
    const wiped = BigInt.asUintN(128, free + reserved) < existentialDeposit;
    const wanted = {free: wiped ? 0n : free, reserved: wiped ? 0n : reserved};
    const before = this.#change(state, who, data => ok({data: {...data, ...wanted}, value: data}));
    if (!before.ok) return before;
    for (const part of ["free", "reserved"] as const) {
      this.#issueWhatFits(state, wanted[part] - before.value[part]);
    }
    events.BalanceSet(state, {who, ...wanted});
    return ok();
  }

  reserve(state: Externalities, who: AccountId, amount: bigint): Result<void, DispatchError> {
    if (amount === 0n) return ok();
    const {errors, events} = this.#deps;
    const changed = this.#change(state, who, data => {
      if (data.free < amount) return err(errors.InsufficientBalance);
      if (data.reserved + amount > MAX_U128) return err(OVERFLOW);
      return ok({
        data: {...data, free: data.free - amount, reserved: data.reserved + amount},
        value: undefined,
      });
    });
    if (changed.ok) events.Reserved(state, {who, amount});
    return changed;
  }

  /** Returns what could not be moved back to free. */
  unreserve(state: Externalities, who: AccountId, amount: bigint): bigint {
    if (amount === 0n || totalOf(this.get(state, who)) === 0n) return amount;
    const changed = this.#change(state, who, data => {
      const moved = data.reserved < amount ? data.reserved : amount;
      return ok({
        data: {...data, free: data.free + moved, reserved: data.reserved - moved},
        value: moved,
      });
    });
    if (!changed.ok) return amount;
    this.#deps.events.Unreserved(state, {who, amount: changed.value});
    return amount - changed.value;
  }

  withdraw(state: Externalities, who: AccountId, amount: bigint): Result<void, DispatchError> {
    if (amount === 0n) return ok();
    return this.#change(state, who, data => {
      const left = this.#without(data, amount);
      if (!left.ok) return left;
      this.#deps.events.Withdraw(state, {who, amount});
      return ok({data: left.value, value: undefined});
    });
  }

  canWithdraw(state: Externalities, who: AccountId, amount: bigint): Result<void, DispatchError> {
    if (amount === 0n) return ok();
    const left = this.#without(this.get(state, who), amount);
    return left.ok ? ok() : left;
  }

  #without<D extends ReturnType<Ledger["get"]>>(data: D, amount: bigint): Result<D, DispatchError> {
    const {errors, existentialDeposit} = this.#deps;
    if (data.free < amount) return err(errors.InsufficientBalance);
    const left = {...data, free: data.free - amount};
    const dies = totalOf(left) < existentialDeposit && totalOf(data) >= existentialDeposit;
    return dies ? err(errors.KeepAlive) : ok(left);
  }

  depositIntoExisting(
    state: Externalities,
    who: AccountId,
    amount: bigint,
  ): Result<void, DispatchError> {
    if (amount === 0n) return ok();
    const {errors, events} = this.#deps;
    return this.#change(state, who, (data, isNew) => {
      if (isNew) return err(errors.DeadAccount);
      events.Deposit(state, {who, amount});
      return ok({data: {...data, free: data.free + amount}, value: undefined});
    });
  }

  depositCreating(state: Externalities, who: AccountId, amount: bigint): boolean {
    if (amount === 0n) return true;
    const {errors, events, existentialDeposit} = this.#deps;
    return this.#change(state, who, (data, isNew) => {
      if (isNew && amount < existentialDeposit) return err(errors.ExistentialDeposit);
      events.Deposit(state, {who, amount});
      return ok({data: {...data, free: data.free + amount}, value: undefined});
    }).ok;
  }
}
