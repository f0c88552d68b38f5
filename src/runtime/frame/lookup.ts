import {err, ok, type Result} from "#base";
import type {AccountId, DispatchError, MultiAddress} from "#primitives";

const CANNOT_LOOKUP: DispatchError = {type: "CannotLookup"};

/** The account an address stands for. Only plain account ids resolve (spec/pallets §3). */
export function lookup(address: MultiAddress): Result<AccountId, DispatchError> {
  return address.type === "Id" ? ok(address.value) : err(CANNOT_LOOKUP);
}
