import {parse, stringify} from "lossless-json";
import {err, ok, type Report, type Result} from "#base";
import {CHILD_STORAGE_PREFIX, CODE_KEY} from "#primitives";
import {
  type ApiFailure,
  buildGenesis,
  describeApiFailure,
  genesisPreset,
  genesisPresetNames,
  type Runtime,
  type RuntimeHost,
} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import type {ConfiguredGenesis, GenesisConfig} from "./chain-spec.ts";
import type {FirstState, GenesisMakers} from "./first-state.ts";
import {mergePatch} from "./merge-patch.ts";

/** The first state that a chain's own runtime builds of its configuration, and its code (spec/wasm-engine §10). */
export function configuredState(
  {code, config}: ConfiguredGenesis,
  {hashing, runtimeOf}: GenesisMakers,
): Result<FirstState, Report> {
  if (runtimeOf === undefined) {
    return refuse("nothing here runs its runtime", "give the raw form of the chain spec");
  }
  const runtime = runtimeOf({get: key => (key === CODE_KEY ? code : undefined)});
  if (!runtime.ok) return refuse(runtime.error, "give the raw form of the chain spec");
  const state = new Overlay(memoryState([], data => hashing.blake2b256(data)));
  const host: RuntimeHost = {state, verifySignature: () => false};
  const whole = wholeConfig(runtime.value, host, config);
  if (!whole.ok) return whole;
  const built = buildGenesis(runtime.value, host, whole.value);
  if (!built.ok) return unanswered(built.error);
  if (!built.value.ok) {
    return refuse(
      `its runtime refuses the configuration: ${built.value.error}`,
      "correct what it names under genesis.runtimeGenesis",
    );
  }
  state.set(CODE_KEY, code);
  const {state: first} = state.outcome(0);
  // The roots of child tries follow from these.
  const top = [...first.entries()].filter(([key]) => !key.startsWith(CHILD_STORAGE_PREFIX));
  const children = [...first.childNames()].map(
    name => [name, new Map(first.child(name).entries())] as const,
  );
  return ok({top: new Map(top), children: new Map(children)});
}

/** As JSON text. */
function wholeConfig(
  runtime: Runtime,
  host: RuntimeHost,
  config: GenesisConfig,
): Result<string, Report> {
  if (config.kind === "config") return ok(stringify(config.config)!);
  // One by name is itself a change of the default.
  const names = config.preset === undefined ? [undefined] : [undefined, config.preset];
  const texts: string[] = [];
  for (const name of names) {
    const preset = genesisPreset(runtime, host, name);
    if (!preset.ok) return unanswered(preset.error);
    if (preset.value === undefined) return noPreset(runtime, host, name);
    texts.push(preset.value);
  }
  try {
    const parts = [...texts.map(text => parse(text)), config.patch];
    return ok(stringify(parts.reduce((whole, part) => mergePatch(whole, part)))!);
  } catch {
    return refuse("its runtime's own configuration is not JSON", "give the whole configuration");
  }
}

function noPreset(
  runtime: Runtime,
  host: RuntimeHost,
  name: string | undefined,
): Result<never, Report> {
  if (name === undefined) {
    return refuse("its runtime has no default configuration", "give it whole, under config");
  }
  const names = genesisPresetNames(runtime, host);
  const known = names.ok && names.value.length > 0 ? names.value.join(", ") : "none";
  return refuse(`its runtime has no configuration ${name}`, `name one that it has: ${known}`);
}

const unanswered = (failure: ApiFailure): Result<never, Report> =>
  failure.code === "function-not-found"
    ? refuse(
        "its runtime builds no first state: it is from before late 2023",
        "have the program that the chain was made with print the raw form: build-spec --raw",
      )
    : refuse(`its runtime did not build it: ${describeApiFailure(failure)}`, "see what it says");

const refuse = (reason: string, todo: string): Result<never, Report> =>
  err({
    code: "genesis-not-built",
    what: `the chain's first state cannot be built: ${reason}`,
    did: "not started, wrote nothing",
    todo,
  });
