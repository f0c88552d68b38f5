import {alias, type Codec, fixedBytes, struct, u128, unit, variant, vec} from "#codec";
import {accountId, plainVariant} from "#primitives";
import type {StorageScope} from "../../frame/index.ts";
import {accountData, DEFAULT_ACCOUNT_DATA} from "../system/index.ts";

const balance = alias(u128, "Balance");
const identifier = fixedBytes(8);

const balanceLock = struct(
  {
    id: identifier,
    amount: balance,
    reasons: plainVariant(["Fee", "Misc", "All"], "pallet_balances::types::Reasons"),
  },
  {path: "pallet_balances::types::BalanceLock", params: [{name: "Balance", type: u128.info}]},
);

const reserveData = struct(
  {id: identifier, amount: balance},
  {
    path: "pallet_balances::types::ReserveData",
    params: [
      {name: "ReserveIdentifier", type: identifier.info},
      {name: "Balance", type: u128.info},
    ],
  },
);

function idAmount<T>(id: Codec<T>) {
  return struct(
    {id, amount: balance},
    {
      path: "pallet_balances::types::IdAmount",
      params: [
        {name: "Id", type: id.info},
        {name: "Balance", type: u128.info},
      ],
    },
  );
}

function boundedVec<T>(element: Codec<T>, kind: "BoundedVec" | "WeakBoundedVec" = "BoundedVec") {
  const module = kind === "BoundedVec" ? "bounded_vec" : "weak_bounded_vec";
  return vec(element, {
    path: `bounded_collections::${module}::${kind}`,
    params: [
      {name: "T", type: element.info},
      {name: "S", type: undefined},
    ],
  });
}

/** Storage of Balances (spec/pallets §8). The balances themselves live in `System.Account`. */
export function balancesStorage(scope: StorageScope, crate: string) {
  // No pallet of ours holds funds by name, so there is nothing that a hold could be for.
  const holdReason = variant({}, {path: `${crate}::RuntimeHoldReason`}) as Codec<never>;
  const perAccount = <T>(value: Codec<T>) =>
    ({hasher: "Blake2_128Concat", key: accountId, value}) as const;
  return {
    totalIssuance: scope.value("TotalIssuance", u128, {
      docs: "The total units issued in the system.",
      fallback: 0n,
    }),
    inactiveIssuance: scope.value("InactiveIssuance", u128, {
      docs: "The total units of outstanding deactivated balance in the system.",
      fallback: 0n,
    }),
    account: scope.map("Account", perAccount(accountData), {
      docs: "The Balances pallet's own account store. Unused: balances are in System.Account.",
      fallback: DEFAULT_ACCOUNT_DATA,
    }),
    locks: scope.map("Locks", perAccount(boundedVec(balanceLock, "WeakBoundedVec")), {
      docs: "Any liquidity locks on some account balances.",
      fallback: [],
    }),
    reserves: scope.map("Reserves", perAccount(boundedVec(reserveData)), {
      docs: "Named reserves on some account balances.",
      fallback: [],
    }),
    holds: scope.map("Holds", perAccount(boundedVec(idAmount(holdReason))), {
      docs: "Holds on account balances.",
      fallback: [],
    }),
    freezes: scope.map("Freezes", perAccount(boundedVec(idAmount(unit))), {
      docs: "Freeze locks on account balances.",
      fallback: [],
    }),
  };
}

export type BalancesStorage = ReturnType<typeof balancesStorage>;
