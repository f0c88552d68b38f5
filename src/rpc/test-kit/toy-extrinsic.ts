import {concatBytes} from "#base";
import {bytes, decode, encode, struct, u8, u32, u64, type ValueOf} from "#codec";
import {accountId, type TransactionValidity} from "#primitives";

const toyBody = struct({verdict: u8, account: accountId, nonce: u32, priority: u64});

export type Toy = ValueOf<typeof toyBody>;

/** What the toy runtime says of a transaction. */
export const VALID = 0;
export const STALE = 1;
export const CANNOT_LOOKUP = 2;
export const CUSTOM = 3;

/** An extrinsic that says itself what is to become of it. */
export const toyExtrinsic = (
  account: Uint8Array,
  nonce: number,
  {verdict = VALID, priority = 0n} = {},
): Uint8Array => encode(bytes, encode(toyBody, {verdict, account, nonce, priority}));

const tag = (account: Uint8Array, nonce: number) => concatBytes(account, encode(u32, nonce));

/** The first nonce of every account is 0. */
export function toyValidity(extrinsic: Uint8Array): TransactionValidity {
  const framed = decode(bytes, extrinsic);
  const body = framed.ok ? decode(toyBody, framed.value) : framed;
  if (!body.ok) return {ok: false, error: {type: "Invalid", value: {type: "Call"}}};
  const {verdict, account, nonce, priority} = body.value;
  switch (verdict) {
    case STALE:
      return {ok: false, error: {type: "Invalid", value: {type: "Stale"}}};
    case CANNOT_LOOKUP:
      return {ok: false, error: {type: "Unknown", value: {type: "CannotLookup"}}};
    case CUSTOM:
      return {ok: false, error: {type: "Invalid", value: {type: "Custom", value: 7}}};
    default:
      return {
        ok: true,
        value: {
          priority,
          requires: nonce === 0 ? [] : [tag(account, nonce - 1)],
          provides: [tag(account, nonce)],
          longevity: 64n,
          propagate: true,
        },
      };
  }
}
