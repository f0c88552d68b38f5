import {err, ok, type Result} from "#base";
import {unit, type ValueOf, variant} from "#codec";
import {type AccountId, accountId, type DispatchError} from "#primitives";
import type {RuntimeCall} from "./runtime-call.ts";

export const rawOrigin = variant(
  {Root: [0, unit], Signed: [1, accountId], None: [2, unit]},
  {
    path: "frame_support::dispatch::RawOrigin",
    params: [{name: "AccountId", type: accountId.info}],
  },
);
export type RawOrigin = ValueOf<typeof rawOrigin>;

/** Which calls an origin may make at all. Root is never asked. */
export type CallFilter = (call: RuntimeCall) => boolean;

/** On whose behalf a call runs. */
export interface Origin {
  readonly caller: RawOrigin;
  readonly filter: CallFilter;
}

const BAD_ORIGIN: DispatchError = {type: "BadOrigin"};

/** The signer, or BadOrigin. */
export function ensureSigned(origin: Origin): Result<AccountId, DispatchError> {
  return origin.caller.type === "Signed" ? ok(origin.caller.value) : err(BAD_ORIGIN);
}

export function ensureRoot(origin: Origin): Result<void, DispatchError> {
  return origin.caller.type === "Root" ? ok() : err(BAD_ORIGIN);
}

export function ensureNone(origin: Origin): Result<void, DispatchError> {
  return origin.caller.type === "None" ? ok() : err(BAD_ORIGIN);
}

/** Who may do what a pallet reserves for the chain's owners (upstream's `UpdateOrigin`). */
export type EnsureOrigin = (origin: Origin) => Result<void, DispatchError>;

export const rootOrigin: Origin = {caller: {type: "Root"}, filter: () => true};
