import {bytesToBinary, err, LruCache, ok, type Result} from "#base";
import {decode} from "#codec";
import type {CryptoSuite} from "#crypto";
import {CODE_KEY, PARAMETERS_KEY} from "#primitives";
import type {EngineFailure, Runtime, RuntimeCode, RuntimeEngine} from "#runtime-api";
import type {StateView} from "#state";
import {ourVersion, runCode} from "../code/index.ts";
import {checkParameters} from "./check-parameters.ts";
import {composeKhala} from "./khala.ts";
import {createRuntime} from "./khala-runtime.ts";
import {SPEC_VERSION} from "./khala-version.ts";
import {parameters as parametersCodec} from "./parameters.ts";

/** Runtimes differ by their parameters only; a node meets one, a test several. */
const KEPT = 16;

/**
 * Runs the chains of this program: the code is not executed but stands for a runtime written in TypeScript, made of
 * the parameters that the chain's genesis carried.
 */
export function createKhalaEngine(
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
): RuntimeEngine {
  const byParameters = new LruCache<string, Runtime>(KEPT);
  let last: {parameters: Uint8Array; runtime: Runtime} | undefined;
  const versions = new WeakMap<Uint8Array, {readonly specVersion: number | undefined}>();
  const versionOf = (bytes: Uint8Array) => {
    let known = versions.get(bytes);
    if (known === undefined) {
      known = {specVersion: ourVersion(bytes)?.specVersion};
      versions.set(bytes, known);
    }
    return known.specVersion;
  };
  const runtimeOf = (
    {bytes}: RuntimeCode,
    state: Pick<StateView, "get">,
  ): Result<Runtime, EngineFailure> => {
    const version = versionOf(bytes);
    if (version !== SPEC_VERSION) {
      return err({
        reason: `the chain's runtime has version ${version}, this program knows ${SPEC_VERSION}`,
        isOfOtherVersion: true,
      });
    }
    const parameters = state.get(PARAMETERS_KEY);
    if (parameters === undefined) {
      return unusable("the state holds no parameters of the chain (:khala:parameters)");
    }
    // States share what did not change, so that one look usually settles it.
    if (last?.parameters === parameters) return ok(last.runtime);
    const key = bytesToBinary(parameters);
    const known = byParameters.get(key);
    if (known === undefined) {
      const made = createFrom(parameters, crypto);
      if (!made.ok) return made;
      byParameters.set(key, made.value);
    }
    last = {parameters, runtime: byParameters.get(key)!};
    return ok(last.runtime);
  };
  return {takes: ({bytes}) => ourVersion(bytes) !== undefined, runtimeOf};
}

function createFrom(
  bytes: Uint8Array,
  {hashing, signatures}: Pick<CryptoSuite, "hashing" | "signatures">,
): Result<Runtime, EngineFailure> {
  const decoded = decode(parametersCodec, bytes);
  if (!decoded.ok) return invalid(decoded.error.message);
  // Who is in the set is the state's business: none has to be allowed for here.
  const fault = checkParameters(decoded.value, 0).find(({severity}) => severity === "error");
  if (fault !== undefined) return invalid(`${fault.parameter} ${fault.message}`);
  const runtime = createRuntime(composeKhala(decoded.value, hashing));
  const {ecdsaRecoverHashed} = signatures;
  return ok({
    version: runtime.version,
    // All that its pallets ask about is extrinsics' own signatures.
    takesPromises: true,
    call: (name, args, host) => runtime.call(name, args, host),
    callInSteps: (name, args, host) => runtime.callInSteps(name, args, host),
    callCode(name, args, {state}) {
      const code = state.get(CODE_KEY);
      if (code === undefined) return;
      const trusted = {verify: () => true, ecdsaRecoverHashed: ecdsaRecoverHashed.bind(signatures)};
      // A call that fails looked at something too, which is all that is wanted of it.
      runCode(code, name, args, {state, hashing, signatures: trusted});
    },
  });
}

const unusable = (reason: string): Result<never, EngineFailure> =>
  err({reason, isOfOtherVersion: false});

const invalid = (reason: string): Result<never, EngineFailure> =>
  unusable(`the chain's parameters (:khala:parameters) cannot be used: ${reason}`);
