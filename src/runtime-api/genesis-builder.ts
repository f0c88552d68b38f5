import {err, ok, type Result} from "#base";
import {type Codec, decode, encode, option, result, str, unit, vec} from "#codec";
import type {ApiFailure} from "./calls.ts";
import type {Runtime, RuntimeHost} from "./runtime.ts";

const NOTHING = new Uint8Array(0);

/** Configurations of a first state that the runtime has by name; modules from before mid 2024 have none. */
export function genesisPresetNames(
  runtime: Runtime,
  host: RuntimeHost,
): Result<readonly string[], ApiFailure> {
  return ask(runtime, host, ["GenesisBuilder_preset_names", NOTHING, vec(str)], () => ok([]));
}

/**
 * A configuration as JSON text; without a name the one that all others are changes of. Undefined where there is none of this
 * name. Modules from late 2023 to mid 2024 have the default alone, by another function.
 */
export function genesisPreset(
  runtime: Runtime,
  host: RuntimeHost,
  name?: string,
): Result<string | undefined, ApiFailure> {
  const args = encode(option(str), name);
  return ask(runtime, host, ["GenesisBuilder_get_preset", args, option(str)], () =>
    name === undefined
      ? ask(runtime, host, ["GenesisBuilder_create_default_config", NOTHING, str])
      : ok(undefined),
  );
}

/** Writes the first state of a whole configuration into the host's. The inner failure is the runtime's own, in words. */
export function buildGenesis(
  runtime: Runtime,
  host: RuntimeHost,
  config: string,
): Result<Result<undefined, string>, ApiFailure> {
  const args = encode(str, config);
  const built = result(unit, str);
  return ask(runtime, host, ["GenesisBuilder_build_state", args, built], () =>
    ask(runtime, host, ["GenesisBuilder_build_config", args, built]),
  );
}

/** `older`: how it is asked of a runtime that has no such function. */
function ask<T>(
  runtime: Runtime,
  host: RuntimeHost,
  [name, args, codec]: readonly [name: string, args: Uint8Array, answer: Codec<T>],
  older?: () => Result<T, ApiFailure>,
): Result<T, ApiFailure> {
  const answer = runtime.call(name, args, host);
  if (!answer.ok) {
    return older !== undefined && answer.error.code === "function-not-found" ? older() : answer;
  }
  const read = decode(codec, answer.value);
  return read.ok ? read : err({code: "answer-invalid", name, reason: read.error});
}
