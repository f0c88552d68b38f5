import type {ErrorDeclaration} from "../../frame/index.ts";

/** Errors of Balances (spec/pallets §8). */
export const BALANCES_ERRORS = {
  VestingBalance: [0, "Vesting balance too high to send value."],
  LiquidityRestrictions: [1, "Account liquidity restrictions prevent withdrawal."],
  InsufficientBalance: [2, "Balance too low to send value."],
  ExistentialDeposit: [3, "Value too low to create account due to existential deposit."],
  Expendability: [4, "Transfer/payment would kill account."],
  ExistingVestingSchedule: [5, "A vesting schedule already exists for this account."],
  DeadAccount: [6, "Beneficiary account must pre-exist."],
  TooManyReserves: [7, "Number of named reserves exceed `MaxReserves`."],
  TooManyHolds: [8, "Number of holds exceed `MaxHolds`."],
  TooManyFreezes: [9, "Number of freezes exceed `MaxFreezes`."],
} as const satisfies Record<string, ErrorDeclaration>;
