import {alias, u128} from "#codec";
import {accountId, plainVariant} from "#primitives";
import type {EventDeclaration} from "../../../src/runtime/testing.ts";

const amount = alias(u128, "T::Balance");
const who = accountId;
const destinationStatus = plainVariant(
  ["Free", "Reserved"],
  "frame_support::traits::tokens::misc::BalanceStatus",
);

/** Events of Balances before holds and freezes (spec/pallets §1): BalanceSet tells the reserved part too. */
export const BALANCES_V0_EVENTS = {
  Endowed: [0, {account: who, freeBalance: amount}, ""],
  DustLost: [1, {account: who, amount}, ""],
  Transfer: [2, {from: who, to: who, amount}, ""],
  BalanceSet: [3, {who, free: amount, reserved: amount}, ""],
  Reserved: [4, {who, amount}, ""],
  Unreserved: [5, {who, amount}, ""],
  ReserveRepatriated: [6, {from: who, to: who, amount, destinationStatus}, ""],
  Deposit: [7, {who, amount}, ""],
  Withdraw: [8, {who, amount}, ""],
  Slashed: [9, {who, amount}, ""],
} as const satisfies Record<string, EventDeclaration>;
