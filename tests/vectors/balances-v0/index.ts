/**
 * Balances as it was before the flags (polkadot-v0.9.41, spec/pallets §1), for the recorded `rhala` 1241 only:
 * other account data, calls, events and errors, other rules of reference counting and of what a transfer may
 * leave behind. Locks and named reserves are not in the recordings and are left out.
 */
import {alias, u32, u128} from "#codec";
import type {createBalances, Pallet} from "../../../src/runtime/testing.ts";
import {constant, errorInfo, eventCodec} from "../../../src/runtime/testing.ts";
import {balancesV0Calls} from "./calls.ts";
import {BALANCES_V0_ERRORS} from "./errors.ts";
import {BALANCES_V0_EVENTS} from "./events.ts";
import {Ledger} from "./ledger.ts";
import {balancesV0Storage} from "./storage.ts";

export {accountDataV0, EMPTY_ACCOUNT_V0} from "./account-data.ts";

/** Fits where `createBalances` fits: what other pallets use of the currency is there. */
export const createBalancesV0 = ((
  ...[scope, config, system]: Parameters<typeof createBalances>
) => {
  const {existentialDeposit} = config;
  const storage = balancesV0Storage(scope.storage);
  const currency = new Ledger({
    existentialDeposit,
    account: system.storage.account,
    references: system.references,
    totalIssuance: storage.totalIssuance,
    events: scope.events(BALANCES_V0_EVENTS),
    errors: scope.errors(BALANCES_V0_ERRORS),
  });
  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "Balances before the flags.",
    crate: "pallet_balances",
    storageVersion: 1,
    storage: scope.storage.entries,
    events: eventCodec("pallet_balances", BALANCES_V0_EVENTS),
    errors: errorInfo("pallet_balances", BALANCES_V0_ERRORS),
    calls: balancesV0Calls(currency),
    constants: [
      constant("ExistentialDeposit", alias(u128, "T::Balance"), existentialDeposit, ""),
      constant("MaxLocks", u32, 50, ""),
      constant("MaxReserves", u32, 50, ""),
    ],
  };
  return {pallet, storage, currency, existentialDeposit};
}) as unknown as typeof createBalances;
