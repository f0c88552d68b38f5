import {bytesToHex, invariant} from "#base";
import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import type {AccountData, References, System} from "../system/index.ts";
import type {BalancesStorage} from "./storage.ts";

/** Endows accounts before block 1 (spec/pallets §8). The chain spec has checked what is asserted here. */
export function buildGenesis(
  state: Externalities,
  balances: readonly (readonly [AccountId, bigint])[],
  parts: {
    storage: BalancesStorage;
    existentialDeposit: bigint;
    account: System<AccountData>["storage"]["account"];
    references: References;
  },
): void {
  const {storage, existentialDeposit, account, references} = parts;
  let total = 0n;
  const seen = new Set<string>();
  for (const [who, free] of balances) {
    const name = bytesToHex(who);
    invariant(
      free >= existentialDeposit,
      `genesis balance of ${name} is below the existential deposit`,
    );
    invariant(!seen.has(name), `genesis endows ${name} twice`);
    seen.add(name);
    total += free;
  }
  storage.totalIssuance.set(state, total);
  for (const [who, free] of balances) {
    references.incProviders(state, who);
    const info = account.get(state, who);
    account.set(state, who, {...info, data: {...info.data, free}});
  }
}
