import {MAX_U128} from "#codec";
import {endowments, type KhalaGenesis} from "./genesis.ts";

/** A balance that genesis cannot begin with; without `index`, what pot and treasury hold besides. */
export interface BalanceFinding {
  readonly index: number | undefined;
  readonly message: string;
}

/** The first balance that is below the existential deposit, or with which all of them are more than fits. */
export function checkBalances(
  genesis: Pick<KhalaGenesis, "balances">,
  existentialDeposit: bigint,
): BalanceFinding | undefined {
  const {balances} = genesis;
  let total = 0n;
  for (const [i, [, amount]] of endowments(genesis, existentialDeposit).entries()) {
    const index = i < balances.length ? i : undefined;
    if (amount < existentialDeposit) {
      return {
        index,
        message: `${amount} planck are below the existential deposit of ${existentialDeposit}`,
      };
    }
    total += amount;
    if (total > MAX_U128) {
      const what =
        index === undefined
          ? "with the existential deposits of pot and treasury, all balances together"
          : "this balance and those before it";
      return {
        index,
        message: `${what} are ${total} planck, more than the total issuance can hold (u128, at most 2^128 - 1)`,
      };
    }
  }
  return undefined;
}
