import {bytesToBinary, equalBytes, err, LruCache, ok, type Report, type Result} from "#base";
import {decode} from "#codec";
import type {Hashing} from "#crypto";
import {CODE_KEY, PARAMETERS_KEY} from "#primitives";
import {
  checkParameters,
  composeKhala,
  createRuntime,
  ourVersion,
  parameters as parametersCodec,
  SPEC_VERSION,
} from "#runtime";
import type {Runtime} from "#runtime-api";
import type {StateView} from "#state";

/** Why this program cannot run the chain of a state. */
export type RuntimeResolution =
  | {readonly code: "code-missing"}
  /** Those of its genesis, which our runtimes go by. */
  | {readonly code: "parameters-missing"}
  /** `:code` is not one of ours, or of a version that this program does not know. */
  | {readonly code: "code-foreign"; readonly specVersion: number | undefined}
  | {readonly code: "parameters-invalid"; readonly reason: string};

/** Runtimes differ by their parameters only; a node meets one, a test several. */
const KEPT = 16;

/** Finds the runtime that a state says it runs: ours, with the parameters that its genesis carried. */
export class RuntimeResolver {
  readonly #hashing: Hashing;
  readonly #byParameters = new LruCache<string, Runtime>(KEPT);
  #last: {code: Uint8Array; parameters: Uint8Array; runtime: Runtime} | undefined;

  constructor(hashing: Hashing) {
    this.#hashing = hashing;
  }

  runtimeOf(state: Pick<StateView, "get">): Result<Runtime, RuntimeResolution> {
    const code = state.get(CODE_KEY);
    const parameters = state.get(PARAMETERS_KEY);
    if (code === undefined) return err({code: "code-missing"});
    if (parameters === undefined) {
      const version = ourVersion(code);
      return err(
        version?.specVersion === SPEC_VERSION
          ? {code: "parameters-missing"}
          : {code: "code-foreign", specVersion: version?.specVersion},
      );
    }
    const last = this.#last;
    if (
      last !== undefined &&
      equalBytes(last.code, code) &&
      equalBytes(last.parameters, parameters)
    ) {
      return ok(last.runtime);
    }
    const resolved = this.#resolve(code, parameters);
    if (resolved.ok) this.#last = {code, parameters, runtime: resolved.value};
    return resolved;
  }

  #resolve(code: Uint8Array, parameters: Uint8Array): Result<Runtime, RuntimeResolution> {
    const version = ourVersion(code);
    if (version?.specVersion !== SPEC_VERSION) {
      return err({code: "code-foreign", specVersion: version?.specVersion});
    }
    const key = bytesToBinary(parameters);
    const known = this.#byParameters.get(key);
    if (known !== undefined) return ok(known);
    const decoded = decode(parametersCodec, parameters);
    if (!decoded.ok) return err({code: "parameters-invalid", reason: decoded.error.message});
    // Who is in the set is the state's business: none has to be allowed for here.
    const fault = checkParameters(decoded.value, 0).find(({severity}) => severity === "error");
    if (fault !== undefined) {
      return err({code: "parameters-invalid", reason: `${fault.parameter} ${fault.message}`});
    }
    const runtime = createRuntime(composeKhala(decoded.value, this.#hashing));
    this.#byParameters.set(key, runtime);
    return ok(runtime);
  }
}

export const CHAIN_ENDED_TODO =
  "this chain has ended, and starting again says the same: khala purge-chain, then begin anew, " +
  "or sync from nodes whose chain goes on without that block";

/**
 * The chain stands on a state that no block can follow. A program that knows its runtime goes on where there is one;
 * where root removed the runtime itself, or what it goes by, there is none, and the block that did it stays.
 */
export function chainEnded(block: number, failure: RuntimeResolution): Report {
  const isOtherVersion = failure.code === "code-foreign" && failure.specVersion !== undefined;
  return {
    code: isOtherVersion ? "chain-not-runnable" : "chain-ended",
    what: `no block can follow block ${block}: ${describeResolution(failure)}`,
    did: "not running; what is on disk is whole",
    todo: isOtherVersion ? "run the program that knows this version" : CHAIN_ENDED_TODO,
  };
}

export function describeResolution(failure: RuntimeResolution): string {
  switch (failure.code) {
    case "code-missing":
      return "the state holds no runtime (:code)";
    case "parameters-missing":
      return "the state holds no parameters of the chain (:khala:parameters)";
    case "code-foreign":
      return failure.specVersion === undefined
        ? "the chain's runtime (:code) is not one of this program's"
        : `the chain's runtime has version ${failure.specVersion}, this program knows ${SPEC_VERSION}`;
    case "parameters-invalid":
      return `the chain's parameters (:khala:parameters) cannot be used: ${failure.reason}`;
  }
}
