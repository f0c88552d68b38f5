import {isLosslessNumber, parse, stringify} from "lossless-json";
import {err, ok, type Result} from "#base";
import type {Hashing} from "#crypto";
import {CHILD_STORAGE_PREFIX, CODE_KEY} from "#primitives";
import {
  buildGenesis,
  describeApiFailure,
  type GenesisFailure,
  genesisConfig,
  type Runtime,
} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import type {GenesisEntries, RawGenesis} from "./chain-spec.ts";

/** A genesis that is said in the words of a runtime and built by it. Numbers of the JSON are as they were written. */
export interface RuntimeGenesis {
  readonly code: Uint8Array;
  /** `patch` changes something of the runtime's own configuration, `config` is all of one. */
  readonly kind: "patch" | "config";
  readonly json: unknown;
}

/** Builds the first state of a chain whose runtime is none of ours; the failure is a reason for people. */
export type BuildRuntimeGenesis = (genesis: RuntimeGenesis) => Result<RawGenesis, string>;

/** Has a runtime build its genesis (spec/wasm-engine §10). */
export function buildWithRuntime(
  {code, kind, json}: RuntimeGenesis,
  runtime: Runtime,
  hashing: Hashing,
): Result<RawGenesis, string> {
  const {stateVersion} = runtime.version;
  if (stateVersion > 1) return err(`states of layout ${stateVersion} are not known here`);
  const empty = () => new Overlay(memoryState([], data => hashing.blake2b256(data)));
  const host = {verifySignature: () => false};
  let whole = json;
  if (kind === "patch") {
    const own = genesisConfig(runtime, {...host, state: empty()});
    if (!own.ok) return err(wordsOf(own.error));
    if (own.value === undefined) return err("the runtime has no configuration to change");
    whole = merged(parse(own.value), json);
  }
  const state = empty();
  const built = buildGenesis(runtime, {...host, state}, stringify(whole) ?? "null");
  if (!built.ok) return err(wordsOf(built.error));
  const {state: first} = state.outcome(stateVersion as 0 | 1);
  const top = new Map(
    [...first.entries()].filter(([key]) => !key.startsWith(CHILD_STORAGE_PREFIX)),
  );
  const children = new Map<string, GenesisEntries>();
  for (const name of first.childNames()) children.set(name, new Map(first.child(name).entries()));
  return ok({kind: "raw", top: top.set(CODE_KEY, code), children});
}

const wordsOf = (failure: GenesisFailure): string =>
  failure.code === "genesis-refused"
    ? `the runtime refuses the genesis: ${failure.reason}`
    : describeApiFailure(failure);

/** Objects are merged key by key; whatever else stands in a patch takes the place of what was there, `null` too. */
export function merged(base: unknown, patch: unknown): unknown {
  if (!isObject(base) || !isObject(patch)) return patch;
  const all = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) all.set(key, merged(all.get(key), value));
  return Object.fromEntries(all);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
