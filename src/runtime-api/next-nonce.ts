import {concatBytes, equalBytes} from "#base";
import {encode, u32} from "#codec";
import type {AccountId} from "#primitives";

/** What a transaction that waits provides; a signed one's first tag is SCALE of its account and nonce. */
export interface Providing {
  readonly provides: readonly Uint8Array[];
}

/**
 * The nonce of an account's next transaction: `nonce` of the state, those in the pool counted. Ready transactions come
 * in the order of their nonces, so one pass finds the gapless run.
 */
export function nextNonce(account: AccountId, nonce: number, ready: Iterable<Providing>): number {
  const tagOf = (at: number) => concatBytes(account, encode(u32, at));
  let next = nonce;
  let tag = tagOf(next);
  for (const {provides} of ready) {
    if (provides[0] !== undefined && equalBytes(provides[0], tag)) tag = tagOf(++next);
  }
  return next;
}
