import {addWeight, weightOf} from "#primitives";
import {call, done, ensureSigned, failed, reads, writes} from "../../../frame/index.ts";
import type {SessionParts} from "../config.ts";
import {forgetKeys} from "../key-registry.ts";

const WEIGHT = [weightOf(41_313_000n, 5_256n), reads(2n), writes(5n)].reduce(addWeight);

/** Forgets the caller's session keys. A collator who does so stays one and is silently left out. */
export const purgeKeys = (session: SessionParts) =>
  call({
    name: "purge_keys",
    index: 1,
    docs: "Removes any session key(s) of the function caller. This doesn't take effect until the next session.",
    args: {},
    weight: () => WEIGHT,
    dispatch(state, origin) {
      const who = ensureSigned(origin);
      if (!who.ok) return failed(who.error);
      if (!forgetKeys(state, session, who.value)) return failed(session.errors.NoKeys);
      session.deps.references.decConsumers(state, who.value);
      return done();
    },
  });
