import {binaryToBytes, equalBytes, err, ok, type Result} from "#base";
import type {AccountId, DispatchError} from "#primitives";
import type {Externalities} from "#state";
import type {SessionParts} from "./config.ts";
import type {SessionKeys} from "./keys.ts";

/**
 * Registers the keys of a validator and who owns each (spec/pallets §12.1, steps 3 to 5); returns the keys it had.
 */
export function registerKeys(
  state: Externalities,
  {config, storage, errors}: SessionParts,
  who: AccountId,
  keys: SessionKeys,
): Result<SessionKeys | undefined, DispatchError> {
  const before = storage.nextKeys.get(state, who);
  const owned = config.keyTypes.map(({id, field}) => ({
    typeId: binaryToBytes(id),
    key: keys[field]!,
    old: before?.[field],
  }));
  for (const {typeId, key} of owned) {
    const owner = storage.keyOwner.get(state, [typeId, key]);
    if (owner !== undefined && !equalBytes(owner, who)) return err(errors.DuplicatedKey);
  }
  for (const {typeId, key, old} of owned) {
    if (old !== undefined && equalBytes(old, key)) continue;
    if (old !== undefined) storage.keyOwner.remove(state, [typeId, old]);
    storage.keyOwner.set(state, [typeId, key], who);
  }
  storage.nextKeys.set(state, who, keys);
  return ok(before);
}

/** Forgets a validator's keys; false when it had none. */
export function forgetKeys(
  state: Externalities,
  {config, storage}: SessionParts,
  who: AccountId,
): boolean {
  const keys = storage.nextKeys.take(state, who);
  if (keys === undefined) return false;
  for (const {id, field} of config.keyTypes) {
    storage.keyOwner.remove(state, [binaryToBytes(id), keys[field]!]);
  }
  return true;
}
