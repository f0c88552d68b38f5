import {equalBytes, err, ok, type Result} from "#base";
import type {AccountId, DispatchError} from "#primitives";
import type {Externalities} from "#state";
import {ensureSigned, type Origin} from "../../frame/index.ts";
import type {SudoParts} from "./index.ts";

/** BadOrigin unless signed; RequireSudo unless by the key. */
export function requireSudo(
  state: Externalities,
  {storage, errors}: SudoParts,
  origin: Origin,
): Result<AccountId, DispatchError> {
  const signer = ensureSigned(origin);
  if (!signer.ok) return signer;
  const key = storage.key.get(state);
  return key !== undefined && equalBytes(key, signer.value) ? ok(key) : err(errors.RequireSudo);
}
