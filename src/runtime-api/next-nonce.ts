import {type BinaryString, bytesToBinary, concatBytes} from "#base";
import {encode, u32} from "#codec";
import type {AccountId} from "#primitives";

/** What a transaction that waits provides; a signed one's first tag is SCALE of its account and nonce. */
export interface Providing {
  readonly provides: readonly Uint8Array[];
}

/**
 * The nonce of an account's next transaction: `nonce` of the state, those in the pool counted, up to the first gap. They come in
 * any order: what was found valid when the one before it was in a block needs none, and may stand before it once that is back.
 */
export function nextNonce(account: AccountId, nonce: number, ready: Iterable<Providing>): number {
  const first = new Set<BinaryString>();
  for (const {provides} of ready) {
    if (provides[0] !== undefined) first.add(bytesToBinary(provides[0]));
  }
  let next = nonce;
  while (first.has(bytesToBinary(concatBytes(account, encode(u32, next))))) next++;
  return next;
}
