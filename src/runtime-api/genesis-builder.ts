import {err, ok, type Result, utf8Bytes} from "#base";
import {bytes, type Codec, decode, encode, option, result, str, struct, vec} from "#codec";
import type {ApiFailure} from "./calls.ts";
import type {Runtime, RuntimeHost} from "./runtime.ts";

/** The runtime builds no genesis of what it was given, for a reason of its own. */
export type GenesisFailure =
  | ApiFailure
  | {readonly code: "genesis-refused"; readonly reason: string};

const NOTHING = new Uint8Array(0);
const preset = option(bytes);
const presetName = option(str);
const presetNames = vec(str);
const built = result(struct({}), str);

function ask<T>(
  runtime: Runtime,
  host: RuntimeHost,
  name: string,
  args: Uint8Array,
  answer: Codec<T>,
): Result<T, ApiFailure> {
  const called = runtime.call(name, args, host);
  if (!called.ok) return called;
  const read = decode(answer, called.value);
  return read.ok ? read : err({code: "answer-invalid", name, reason: read.error});
}

/** `GenesisBuilder_preset_names`: configurations that the runtime brings. */
export const genesisPresetNames = (
  runtime: Runtime,
  host: RuntimeHost,
): Result<readonly string[], ApiFailure> =>
  ask(runtime, host, "GenesisBuilder_preset_names", NOTHING, presetNames);

/**
 * JSON of a preset, or without a name of the configuration that all others change something of; undefined where there is no
 * such preset. Runtimes of the API's first months have no presets and another name for that one.
 */
export function genesisConfig(
  runtime: Runtime,
  host: RuntimeHost,
  name?: string,
): Result<string | undefined, ApiFailure> {
  const args = encode(presetName, name);
  const asked = ask(runtime, host, "GenesisBuilder_get_preset", args, preset);
  if (asked.ok) return ok(asked.value === undefined ? undefined : textOf(asked.value));
  if (name !== undefined || asked.error.code !== "function-not-found") return asked;
  const old = ask(runtime, host, "GenesisBuilder_create_default_config", NOTHING, bytes);
  return old.ok ? ok(textOf(old.value)) : old;
}

/** Has the runtime write its first state over the host's, which is empty: of JSON of a whole configuration. */
export function buildGenesis(
  runtime: Runtime,
  host: RuntimeHost,
  config: string,
): Result<void, GenesisFailure> {
  const args = encode(bytes, utf8Bytes(config));
  const answer = ask(runtime, host, "GenesisBuilder_build_state", args, built);
  const isOld = !answer.ok && answer.error.code === "function-not-found";
  const last = isOld ? ask(runtime, host, "GenesisBuilder_build_config", args, built) : answer;
  if (!last.ok) return last;
  return last.value.ok ? ok() : err({code: "genesis-refused", reason: last.value.error});
}

const textOf = (json: Uint8Array): string => new TextDecoder().decode(json);
