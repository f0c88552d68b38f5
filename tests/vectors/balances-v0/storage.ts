import {alias, type Codec, fixedBytes, struct, u128, vec} from "#codec";
import {accountId, plainVariant} from "#primitives";
import type {StorageScope} from "../../../src/runtime/testing.ts";
import {accountDataV0, EMPTY_ACCOUNT_V0} from "./account-data.ts";

const balance = alias(u128, "Balance");

const balanceLock = struct(
  {
    id: fixedBytes(8),
    amount: balance,
    reasons: plainVariant(["Fee", "Misc", "All"], "pallet_balances::Reasons"),
  },
  {path: "pallet_balances::BalanceLock"},
);

const reserveData = struct(
  {id: fixedBytes(8), amount: balance},
  {path: "pallet_balances::ReserveData"},
);

function bounded<T>(element: Codec<T>, path: string) {
  return vec(element, {path, params: []});
}

/** Storage of Balances before holds and freezes. */
export function balancesV0Storage(scope: StorageScope) {
  const perAccount = <T>(value: Codec<T>) =>
    ({hasher: "Blake2_128Concat", key: accountId, value}) as const;
  return {
    totalIssuance: scope.value("TotalIssuance", u128, {docs: "", fallback: 0n}),
    inactiveIssuance: scope.value("InactiveIssuance", u128, {docs: "", fallback: 0n}),
    account: scope.map("Account", perAccount(accountDataV0), {
      docs: "",
      fallback: EMPTY_ACCOUNT_V0,
    }),
    locks: scope.map(
      "Locks",
      perAccount(bounded(balanceLock, "bounded_collections::weak_bounded_vec::WeakBoundedVec")),
      {docs: "", fallback: []},
    ),
    reserves: scope.map(
      "Reserves",
      perAccount(bounded(reserveData, "bounded_collections::bounded_vec::BoundedVec")),
      {docs: "", fallback: []},
    ),
  };
}
