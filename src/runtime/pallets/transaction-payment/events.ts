import {alias, u128} from "#codec";
import {accountId} from "#primitives";
import type {EventDeclaration} from "../../frame/index.ts";

const balance = alias(u128, "BalanceOf<T>");

/** Events of TransactionPayment (spec/pallets §9). */
export const TRANSACTION_PAYMENT_EVENTS = {
  TransactionFeePaid: [
    0,
    {who: accountId, actualFee: balance, tip: balance},
    "A transaction fee `actual_fee`, of which `tip` was added to the minimum inclusion fee, has been paid by `who`.",
  ],
} as const satisfies Record<string, EventDeclaration>;
