import {type Codec, struct, u128} from "#codec";
import type {AccountData} from "../../../src/runtime/testing.ts";

const fields = struct(
  {free: u128, reserved: u128, miscFrozen: u128, feeFrozen: u128},
  {path: "pallet_balances::AccountData", params: [{name: "Balance", type: u128.info}]},
);

/**
 * The balance of an account before the flags: two kinds of frozen, both zero where no lock exists. In memory the
 * fields of today stand for them, `frozen` for `misc_frozen` and `flags` for `fee_frozen`.
 */
export const accountDataV0: Codec<AccountData> = {
  ...fields,
  encodeTo({free, reserved, frozen, flags}, sink) {
    fields.encodeTo({free, reserved, miscFrozen: frozen, feeFrozen: flags}, sink);
  },
  decodeFrom(source) {
    const {free, reserved, miscFrozen, feeFrozen} = fields.decodeFrom(source);
    return {free, reserved, frozen: miscFrozen, flags: feeFrozen};
  },
};

export const EMPTY_ACCOUNT_V0: AccountData = {free: 0n, reserved: 0n, frozen: 0n, flags: 0n};

export function isEmpty({free, reserved, frozen, flags}: AccountData): boolean {
  return free === 0n && reserved === 0n && frozen === 0n && flags === 0n;
}

export function totalOf({free, reserved}: AccountData): bigint {
  return free + reserved;
}
