import type {AccountId, MultiAddress} from "#primitives";

/** The account by which tests know number `n`: its bytes sort as the numbers do. */
export function account(n: number): AccountId {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(28, n);
  return bytes;
}

/** The number of an account made by `account`. */
export function numberOf(who: AccountId): number {
  return new DataView(who.buffer, who.byteOffset).getUint32(28);
}

export function address(n: number): MultiAddress {
  return {type: "Id", value: account(n)};
}
