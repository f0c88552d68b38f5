import {err, ok, type Result} from "#base";
import type {Blockchain} from "#core";
import type {Hashing} from "#crypto";
import {describeRuntime, readNamedState} from "#description";
import type {StateValues, TimeToolFailure} from "#rpc";
import type {RuntimeHost} from "#runtime-api";
import {keysBelow} from "#state";

/** Keys and values for what is said by pallets and items, as the best block's runtime describes itself. */
export function resolveNamedState(
  chain: Pick<Blockchain, "head" | "runtimeOf" | "host">,
  rest: Omit<RuntimeHost, "state">,
  json: unknown,
  hashing: Hashing,
): Result<StateValues, TimeToolFailure> {
  const {state} = chain.head;
  const runtime = chain.runtimeOf(state);
  if (!runtime.ok) return err({code: "authoring-failed", reason: runtime.error});
  const description = describeRuntime(runtime.value, chain.host(state, rest));
  if (!description.ok) return err({code: "authoring-failed", reason: description.error});
  const read = readNamedState(description.value, json, hashing);
  if (!read.ok) return read;
  const values = new Map<string, Uint8Array | undefined>();
  for (const change of read.value) {
    if (change.kind === "set") values.set(change.key, change.value);
    else if (change.kind === "remove") values.set(change.key, undefined);
    else for (const key of keysBelow(state, change.prefix)) values.set(key, undefined);
  }
  return ok([...values]);
}
