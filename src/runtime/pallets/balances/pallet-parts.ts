import type {PalletScope} from "../../frame/index.ts";
import type {BALANCES_ERRORS} from "./errors.ts";
import type {BALANCES_EVENTS} from "./events.ts";

export type BalancesEvents = ReturnType<
  typeof PalletScope.prototype.events<typeof BALANCES_EVENTS>
>;
export type BalancesErrors = ReturnType<
  typeof PalletScope.prototype.errors<typeof BALANCES_ERRORS>
>;
