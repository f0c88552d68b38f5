import {binaryToBytes} from "#base";
import type {AccountId} from "#primitives";

/** The account of a pallet: `modl`, eight bytes of its own, zeros. Nobody holds a key to it. */
export function palletAccount(palletId: string): AccountId {
  const account = new Uint8Array(32);
  account.set(binaryToBytes(`modl${palletId}`));
  return account;
}
