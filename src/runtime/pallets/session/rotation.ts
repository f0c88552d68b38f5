import {equalBytes} from "#base";
import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import type {SessionParts, ValidatorKeys} from "./config.ts";
import {concatKeys, type SessionKeys} from "./keys.ts";

function keysOfType(validators: ValidatorKeys, field: string): Uint8Array[] {
  return validators.map(([, keys]) => keys[field]!);
}

/** Ends a session and begins the next one (spec/pallets §12.5). */
export function rotateSession(state: Externalities, session: SessionParts): void {
  const {deps, storage, events} = session;
  const changed = storage.queuedChanged.get(state);
  const active = storage.queuedKeys.get(state) as ValidatorKeys;
  const validators = active.map(([account]) => account);
  storage.validators.set(state, validators);
  if (changed) storage.disabledValidators.remove(state);

  const index = storage.currentIndex.get(state) + 1;
  storage.currentIndex.set(state, index);

  const chosen = deps.manager.newSession(state, index + 1);
  const next = chosen ?? storage.validators.get(state);
  const queued = withKeys(state, session, next);
  const nextChanged = chosen !== undefined || keysDiffer(session, active, queued);
  storage.queuedKeys.set(
    state,
    queued.map(([account, keys]): [AccountId, SessionKeys] => [account, keys]),
  );
  storage.queuedChanged.set(state, nextChanged);
  events.NewSession(state, {sessionIndex: index});

  for (const handler of deps.handlers) {
    const keys = keysOfType(active, handler.keyType.field);
    handler.onNewSession(state, changed, keys, validators);
  }
}

/** The accounts that have keys, with them; the others are left out without a word. */
function withKeys(
  state: Externalities,
  {storage}: SessionParts,
  accounts: readonly AccountId[],
): ValidatorKeys {
  return accounts.flatMap(account => {
    const keys = storage.nextKeys.get(state, account);
    return keys === undefined ? [] : [[account, keys] as const];
  });
}

function keysDiffer({config}: SessionParts, active: ValidatorKeys, queued: ValidatorKeys): boolean {
  return queued.some(([, keys], i) => {
    const current = active[i]?.[1];
    return (
      current !== undefined &&
      !equalBytes(concatKeys(config.keyTypes, current), concatKeys(config.keyTypes, keys))
    );
  });
}

/** Disables a validator until the set changes; false if it is none or already disabled. */
export function disableIndex(
  state: Externalities,
  {storage, deps}: SessionParts,
  index: number,
): boolean {
  if (index >= storage.validators.get(state).length) return false;
  const disabled = storage.disabledValidators.get(state);
  if (disabled.includes(index)) return false;
  storage.disabledValidators.set(
    state,
    [...disabled, index].sort((a, b) => a - b),
  );
  for (const handler of deps.handlers) handler.onDisabled(state, index);
  return true;
}
