import {concatBytes, err, ok} from "#base";
import {compactU32, encode, u32, unit} from "#codec";
import {type AccountId, invalid} from "#primitives";
import type {Externalities} from "#state";
import {extension} from "../frame/index.ts";
import {named} from "./marker.ts";

interface NonceStore {
  get(state: Externalities, who: AccountId): number;
  increment(state: Externalities, who: AccountId): void;
}

function tag(who: AccountId, nonce: number): Uint8Array {
  return concatBytes(who, encode(u32, nonce));
}

/** Makes an account's transactions run once each, in order. */
export const checkNonce = (nonces: NonceStore) =>
  extension<number, undefined, undefined>({
    identifier: "CheckNonce",
    extra: named("frame_system::extensions::check_nonce::CheckNonce", compactU32),
    additional: unit,
    additionalSigned: () => ok(undefined),
    validate(state, {who, extra: nonce}) {
      const stored = nonces.get(state, who);
      if (nonce < stored) return err(invalid("Stale"));
      const requires = nonce > stored ? [tag(who, nonce - 1)] : [];
      return ok({requires, provides: [tag(who, nonce)]});
    },
    preDispatch(state, {who, extra: nonce}) {
      const stored = nonces.get(state, who);
      if (nonce !== stored) return err(invalid(nonce < stored ? "Stale" : "Future"));
      nonces.increment(state, who);
      return ok(undefined);
    },
  });
