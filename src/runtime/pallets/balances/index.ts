/**
 * Balances: who owns how much. Funds are free or reserved; an account lives as long as its free balance is at
 * least the existential deposit or something else refers to it, and what is left below that is dust and burnt.
 *
 * Signed accounts transfer; root sets balances, transfers for others and undoes reserves. Other pallets withdraw
 * fees, pay rewards and reserve bonds through the functions of `Currency`. Named reserves, locks, holds and
 * freezes exist in storage for clients; no call of this chain makes one.
 *
 * Out of scope: fees (`transaction-payment`), what a reserve is for (`collator-selection`).
 */
import {alias, u32, u128} from "#codec";
import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import {constant, errorInfo, eventCodec, type Pallet, type PalletScope} from "../../frame/index.ts";
import type {AccountData, System} from "../system/index.ts";
import {AccountStore} from "./account-store.ts";
import {balancesCalls} from "./calls/index.ts";
import {Currency} from "./currency.ts";
import {BALANCES_ERRORS} from "./errors.ts";
import {BALANCES_EVENTS} from "./events.ts";
import {buildGenesis} from "./genesis.ts";
import {Spendable} from "./spendable.ts";
import {balancesStorage} from "./storage.ts";

export type {Currency} from "./currency.ts";
export type {Preservation} from "./spendable.ts";

export interface BalancesConfig {
  readonly existentialDeposit: bigint;
  /** Rust path of the runtime's own types. */
  readonly crate: string;
}

/** Upper bounds of the lists in storage (spec/pallets §2); on this chain the lists stay empty. */
const MAX_LOCKS = 50;
const MAX_RESERVES = 50;
const MAX_HOLDS = 1;
const MAX_FREEZES = 0;

export type Balances = ReturnType<typeof createBalances>;

export function createBalances(
  scope: PalletScope,
  config: BalancesConfig,
  system: Pick<System<AccountData>, "storage" | "references">,
) {
  const {existentialDeposit} = config;
  const storage = balancesStorage(scope.storage, config.crate);
  const events = scope.events(BALANCES_EVENTS);
  const errors = scope.errors(BALANCES_ERRORS);
  const {references} = system;
  const accounts = new AccountStore({
    existentialDeposit,
    account: system.storage.account,
    references,
    events,
  });
  const spendable = new Spendable(accounts, references, state => storage.totalIssuance.get(state));
  const currency = new Currency({accounts, spendable, events, errors, storage});

  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "Who owns how much.",
    crate: "pallet_balances",
    storageVersion: 1,
    storage: scope.storage.entries,
    events: eventCodec("pallet_balances", BALANCES_EVENTS),
    errors: errorInfo("pallet_balances", BALANCES_ERRORS),
    calls: balancesCalls({accounts, spendable, currency, events}),
    constants: [
      constant(
        "ExistentialDeposit",
        alias(u128, "T::Balance"),
        existentialDeposit,
        "The minimum amount required to keep an account open.",
      ),
      constant("MaxLocks", u32, MAX_LOCKS, "The maximum number of locks on an account."),
      constant("MaxReserves", u32, MAX_RESERVES, "The maximum number of named reserves."),
      constant("MaxHolds", u32, MAX_HOLDS, "The maximum number of holds on an account."),
      constant("MaxFreezes", u32, MAX_FREEZES, "The maximum number of individual freeze locks."),
    ],
  };

  return {
    pallet,
    storage,
    accounts,
    currency,
    spendable,
    existentialDeposit,
    genesis: (state: Externalities, balances: readonly (readonly [AccountId, bigint])[]) =>
      buildGenesis(state, balances, {
        storage,
        existentialDeposit,
        account: system.storage.account,
        references,
      }),
  };
}
