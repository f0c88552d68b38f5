import {err, ok, type Result} from "#base";
import {decode} from "#codec";
import type {Hashing} from "#crypto";
import {PARAMETERS_KEY} from "#primitives";
import type {StateValues, TimeToolFailure} from "#rpc";
import {composeKhala, parameters, readNamedState} from "#runtime";
import {keysBelow, type StateView} from "#state";

/** Keys and values for what is said by pallets and items, of the chain that the state is of. */
export function resolveNamedState(
  state: StateView,
  json: unknown,
  hashing: Hashing,
): Result<StateValues, TimeToolFailure> {
  const ours = decode(parameters, state.get(PARAMETERS_KEY) ?? new Uint8Array(0));
  if (!ours.ok) return err({code: "authoring-failed", reason: ours.error.message});
  const {pallets} = composeKhala(ours.value, hashing).composition;
  const read = readNamedState(pallets, json, hashing);
  if (!read.ok) return read;
  const values = new Map<string, Uint8Array | undefined>();
  for (const change of read.value) {
    if (change.kind === "set") values.set(change.key, change.value);
    else if (change.kind === "remove") values.set(change.key, undefined);
    else for (const key of keysBelow(state, change.prefix)) values.set(key, undefined);
  }
  return ok([...values]);
}
