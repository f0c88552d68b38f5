import type {Call} from "../../../frame/index.ts";
import type {AccountStore} from "../account-store.ts";
import type {Currency} from "../currency.ts";
import type {BalancesEvents} from "../pallet-parts.ts";
import type {Spendable} from "../spendable.ts";
import {forceSetBalance} from "./force-set-balance.ts";
import {forceTransfer} from "./force-transfer.ts";
import {forceUnreserve} from "./force-unreserve.ts";
import {transferAll} from "./transfer-all.ts";
import {transferAllowDeath} from "./transfer-allow-death.ts";
import {transferKeepAlive} from "./transfer-keep-alive.ts";
import {upgradeAccounts} from "./upgrade-accounts.ts";

export interface BalancesCallDependencies {
  readonly accounts: AccountStore;
  readonly spendable: Spendable;
  readonly currency: Currency;
  readonly events: BalancesEvents;
}

export function balancesCalls(dependencies: BalancesCallDependencies): Call[] {
  return [
    transferAllowDeath(dependencies),
    forceTransfer(dependencies),
    transferKeepAlive(dependencies),
    transferAll(dependencies),
    forceUnreserve(dependencies),
    upgradeAccounts(dependencies),
    forceSetBalance(dependencies),
  ];
}
