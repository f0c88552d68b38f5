import {alias, u128} from "#codec";
import {accountId, plainVariant} from "#primitives";
import type {EventDeclaration} from "../../frame/index.ts";

const amount = alias(u128, "T::Balance");
const who = accountId;
const destinationStatus = plainVariant(
  ["Free", "Reserved"],
  "frame_support::traits::tokens::misc::BalanceStatus",
);

/** Events of Balances (spec/pallets §8). Clients list them all; this chain's calls cause some. */
export const BALANCES_EVENTS = {
  Endowed: [
    0,
    {account: who, freeBalance: amount},
    "An account was created with some free balance.",
  ],
  DustLost: [
    1,
    {account: who, amount},
    "An account was removed whose balance was non-zero but below the existential deposit.",
  ],
  Transfer: [2, {from: who, to: who, amount}, "Transfer succeeded."],
  BalanceSet: [3, {who, free: amount}, "A balance was set by root."],
  Reserved: [4, {who, amount}, "Some balance was reserved (moved from free to reserved)."],
  Unreserved: [5, {who, amount}, "Some balance was unreserved (moved from reserved to free)."],
  ReserveRepatriated: [
    6,
    {from: who, to: who, amount, destinationStatus},
    "Some balance was moved from the reserve of the first account to the second account.",
  ],
  Deposit: [7, {who, amount}, "Some amount was deposited (e.g. for transaction fees)."],
  Withdraw: [
    8,
    {who, amount},
    "Some amount was withdrawn from the account (e.g. for transaction fees).",
  ],
  Slashed: [9, {who, amount}, "Some amount was removed from the account (e.g. for misbehavior)."],
  Minted: [10, {who, amount}, "Some amount was minted into an account."],
  Burned: [11, {who, amount}, "Some amount was burned from an account."],
  Suspended: [
    12,
    {who, amount},
    "Some amount was suspended from an account (it can be restored later).",
  ],
  Restored: [13, {who, amount}, "Some amount was restored into an account."],
  Upgraded: [14, {who}, "An account was upgraded."],
  Issued: [15, {amount}, "Total issuance was increased by `amount`."],
  Rescinded: [16, {amount}, "Total issuance was decreased by `amount`."],
  Locked: [17, {who, amount}, "Some balance was locked."],
  Unlocked: [18, {who, amount}, "Some balance was unlocked."],
  Frozen: [19, {who, amount}, "Some balance was frozen."],
  Thawed: [20, {who, amount}, "Some balance was thawed."],
} as const satisfies Record<string, EventDeclaration>;
