import {bytes, type Codec} from "#codec";
import {addWeight, weightOf} from "#primitives";
import {call, done, ensureSigned, failed, outcome, reads, writes} from "../../../frame/index.ts";
import type {SessionParts} from "../config.ts";
import {registerKeys} from "../key-registry.ts";
import type {SessionKeys} from "../keys.ts";

const WEIGHT = [weightOf(56_180_000n, 12_814n), reads(6n), writes(5n)].reduce(addWeight);

/** Sets the caller's session keys; they are used from the session after next. The proof is not looked at. */
export const setKeys = (session: SessionParts, keysCodec: Codec<SessionKeys>) =>
  call({
    name: "set_keys",
    index: 0,
    docs: "Sets the session key(s) of the function caller to `keys`. Allows an account to set its session key prior to becoming a validator. This doesn't take effect until the next session.",
    args: {keys: keysCodec, proof: bytes},
    weight: () => WEIGHT,
    dispatch(state, origin, {keys}) {
      const who = ensureSigned(origin);
      if (!who.ok) return failed(who.error);
      const {references} = session.deps;
      if (!references.canIncConsumer(state, who.value)) return failed(session.errors.NoAccount);
      const before = registerKeys(state, session, who.value, keys);
      if (!before.ok) return failed(before.error);
      if (before.value !== undefined) return done();
      return outcome(references.incConsumers(state, who.value));
    },
  });
