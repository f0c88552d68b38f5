import type {ErrorDeclaration} from "../../../src/runtime/testing.ts";

/** Errors of Balances before holds and freezes (spec/pallets §1). */
export const BALANCES_V0_ERRORS = {
  VestingBalance: [0, ""],
  LiquidityRestrictions: [1, ""],
  InsufficientBalance: [2, ""],
  ExistentialDeposit: [3, ""],
  KeepAlive: [4, ""],
  ExistingVestingSchedule: [5, ""],
  DeadAccount: [6, ""],
  TooManyReserves: [7, ""],
} as const satisfies Record<string, ErrorDeclaration>;
