import {bytesToHex, err, type Hex, LruCache, ok, type Result} from "#base";
import type {Hashing} from "#crypto";
import {CODE_KEY} from "#primitives";
import {
  type EngineFailure,
  type Runtime,
  type RuntimeCode,
  type RuntimeEngine,
  readCodeVersion,
} from "#runtime-api";
import type {StateView} from "#state";
import type {Runtimes, RuntimeUnusable, Spec} from "./runtimes.ts";

/** Codes whose engine is remembered: a chain has one, and its next one in an upgrade. */
const KEPT_CODES = 16;

/**
 * Finds the runtime of a state by the hash of its code among the engines given; the first that takes a code has it.
 * A code is hashed once for as long as it is in memory: states share what did not change between them, and comparing
 * a megabyte byte for byte at each call takes milliseconds.
 */
export class RuntimesByCode implements Runtimes {
  readonly #engines: readonly RuntimeEngine[];
  readonly #hashing: Pick<Hashing, "blake2b256">;
  readonly #codes = new WeakMap<Uint8Array, RuntimeCode>();
  /** Undefined: code that none of the engines takes. */
  readonly #engineOf = new LruCache<Hex, {readonly engine: RuntimeEngine | undefined}>(KEPT_CODES);

  constructor(engines: readonly RuntimeEngine[], hashing: Pick<Hashing, "blake2b256">) {
    this.#engines = engines;
    this.#hashing = hashing;
  }

  runtimeOf(state: Pick<StateView, "get">): Result<Runtime, RuntimeUnusable> {
    const bytes = state.get(CODE_KEY);
    if (bytes === undefined) return err({code: "code-missing"});
    const code = this.#codeOf(bytes);
    const engine = this.#engine(code);
    if (engine === undefined) {
      return err({code: "code-foreign", codeHash: code.hash, spec: specOf(code)});
    }
    const found = engine.runtimeOf(code, state);
    const runtime = found.ok ? checkStateVersion(found.value) : found;
    if (runtime.ok) return runtime;
    const {reason, isOfOtherVersion} = runtime.error;
    return err({
      code: isOfOtherVersion ? "version-unknown" : "state-unusable",
      codeHash: code.hash,
      spec: specOf(code),
      reason,
    });
  }

  #codeOf(bytes: Uint8Array): RuntimeCode {
    let code = this.#codes.get(bytes);
    if (code === undefined) {
      code = {bytes, hash: this.#hashing.blake2b256(bytes)};
      this.#codes.set(bytes, code);
    }
    return code;
  }

  #engine(code: RuntimeCode): RuntimeEngine | undefined {
    const key = bytesToHex(code.hash);
    let known = this.#engineOf.get(key);
    if (known === undefined) {
      known = {engine: this.#engines.find(engine => engine.takes(code))};
      this.#engineOf.set(key, known);
    }
    return known.engine;
  }
}

/** Nobody here could compute a root of a layout that came later. */
function checkStateVersion(runtime: Runtime): Result<Runtime, EngineFailure> {
  const {stateVersion} = runtime.version;
  if (stateVersion <= 1) return ok(runtime);
  return err({
    reason: `its states are laid out in version ${stateVersion}`,
    isOfOtherVersion: true,
  });
}

/** Unpacks the code, and is asked for only where something is wrong with it. */
function specOf({bytes}: RuntimeCode): Spec | undefined {
  const version = readCodeVersion(bytes);
  return version.ok ? version.value : undefined;
}
