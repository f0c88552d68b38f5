/**
 * Session: from when to when a set of collators is active. Time is cut into sessions of equally many blocks;
 * at each boundary the queued set becomes the active one and a new set is queued, so whoever is chosen now, or
 * changes keys now, is active two boundaries later. Accounts register the public keys their nodes sign with; an
 * account that is chosen and has no keys is left out.
 *
 * A rotation books the weight of a whole block, so no ordinary transaction fits into a boundary block.
 *
 * Out of scope: who is chosen (`collator-selection`), what keys are used for (`aura`).
 */
import type {AccountId} from "#primitives";
import {type Weight, ZERO_WEIGHT} from "#primitives";
import type {Externalities} from "#state";
import {errorInfo, eventCodec, type Pallet, type PalletScope} from "../../frame/index.ts";
import {purgeKeys} from "./calls/purge-keys.ts";
import {setKeys} from "./calls/set-keys.ts";
import type {SessionConfig, SessionDependencies, SessionParts} from "./config.ts";
import {SESSION_ERRORS} from "./errors.ts";
import {SESSION_EVENTS} from "./events.ts";
import {buildGenesis} from "./genesis.ts";
import {type SessionKeys, sessionKeysCodec} from "./keys.ts";
import {Period} from "./period.ts";
import {disableIndex, rotateSession} from "./rotation.ts";
import {sessionStorage} from "./storage.ts";

export type {SessionConfig, SessionHandler, SessionManager} from "./config.ts";
export {
  AURA_KEY,
  concatKeys,
  GRANDPA_KEY,
  publicKeyCodec,
  type SessionKeys,
  type SessionKeyType,
  sessionKeysCodec,
} from "./keys.ts";
export {Period} from "./period.ts";

export type Session = ReturnType<typeof createSession>;

export function createSession(
  scope: PalletScope,
  config: SessionConfig & {readonly maxBlock: Weight},
  deps: SessionDependencies,
) {
  const keysCodec = sessionKeysCodec(config.keyTypes, config.keysPath);
  const session: SessionParts = {
    config,
    deps,
    storage: sessionStorage(scope.storage, keysCodec),
    events: scope.events(SESSION_EVENTS),
    errors: scope.errors(SESSION_ERRORS),
  };
  const period = new Period(config.period, config.offset);
  const {storage} = session;
  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "From when to when a set of collators is active.",
    crate: "pallet_session",
    storageVersion: 0,
    storage: scope.storage.entries,
    events: eventCodec("pallet_session", SESSION_EVENTS),
    errors: errorInfo("pallet_session", SESSION_ERRORS),
    calls: [setKeys(session, keysCodec), purgeKeys(session)],
    constants: [],
    hooks: {
      onInitialize(state, number) {
        if (!period.shouldEnd(number)) return ZERO_WEIGHT;
        rotateSession(state, session);
        return config.maxBlock;
      },
    },
  };
  return {
    pallet,
    storage,
    errors: session.errors,
    period,
    keysCodec,
    isRegistered: (state: Externalities, who: AccountId) => storage.nextKeys.has(state, who),
    isDisabled: (state: Externalities, index: number) =>
      storage.disabledValidators.get(state).includes(index),
    disableIndex: (state: Externalities, index: number) => disableIndex(state, session, index),
    rotate: (state: Externalities) => rotateSession(state, session),
    genesis: (state: Externalities, keys: readonly (readonly [AccountId, SessionKeys])[]) =>
      buildGenesis(state, session, keys),
  };
}
