import {bytesToHex, err, type Hex, LruCache, OneAtATime, type Result} from "#base";
import type {Hashing} from "#crypto";
import {CODE_KEY} from "#primitives";
import {type Runtime, type RuntimeCode, type RuntimeEngine, readCodeVersion} from "#runtime-api";
import type {StateView} from "#state";
import type {Runtimes, RuntimeUnusable, Spec} from "./runtimes.ts";

/** Codes whose engine is remembered: a chain has one, and its next one in an upgrade. */
const KEPT_CODES = 16;

interface KnownCode {
  /** Undefined: none of the engines takes it. */
  readonly engine: RuntimeEngine | undefined;
  /** What the code says of itself, once it was asked. */
  read?: {readonly spec: Spec | undefined};
}

/**
 * Finds the runtime of a state by the hash of its code among the engines given; the first that takes a code has it.
 * A code is hashed once for as long as it is in memory: states share what did not change between them, and comparing
 * a megabyte byte for byte at each call takes milliseconds.
 */
export class RuntimesByCode implements Runtimes {
  readonly #engines: readonly RuntimeEngine[];
  readonly #hashing: Pick<Hashing, "blake2b256">;
  readonly #codes = new WeakMap<Uint8Array, RuntimeCode>();
  readonly #preparing = new OneAtATime();
  readonly #known = new LruCache<Hex, KnownCode>(KEPT_CODES);
  #last: {readonly code: RuntimeCode; readonly known: KnownCode} | undefined;

  constructor(engines: readonly RuntimeEngine[], hashing: Pick<Hashing, "blake2b256">) {
    this.#engines = engines;
    this.#hashing = hashing;
  }

  runtimeOf(state: Pick<StateView, "get">): Result<Runtime, RuntimeUnusable> {
    const bytes = state.get(CODE_KEY);
    if (bytes === undefined) return err({code: "code-missing"});
    const code = this.#codeOf(bytes);
    const known = this.#look(code);
    const {engine} = known;
    if (engine === undefined) {
      return err({code: "code-foreign", codeHash: code.hash, spec: specOf(code, known)});
    }
    const found = engine.runtimeOf(code, state);
    if (found.ok) return found;
    const {reason, isOfOtherVersion} = found.error;
    return err({
      code: isOfOtherVersion ? "version-unknown" : "state-unusable",
      codeHash: code.hash,
      spec: specOf(code, known),
      reason,
    });
  }

  prepare(
    state: Pick<StateView, "get">,
    before: Pick<StateView, "get">,
  ): Promise<void> | undefined {
    const bytes = state.get(CODE_KEY);
    if (bytes === undefined || bytes === before.get(CODE_KEY)) return undefined;
    const code = this.#codeOf(bytes);
    const engine = this.#look(code).engine;
    return engine?.prepare === undefined
      ? undefined
      : this.#preparing.run(async () => engine.prepare?.(code));
  }

  #codeOf(bytes: Uint8Array): RuntimeCode {
    let code = this.#codes.get(bytes);
    if (code === undefined) {
      code = {bytes, hash: this.#hashing.blake2b256(bytes)};
      this.#codes.set(bytes, code);
    }
    return code;
  }

  #look(code: RuntimeCode): KnownCode {
    // Asked for each transaction that comes: most are for the code of before.
    if (this.#last?.code === code) return this.#last.known;
    const known = this.#lookUp(code);
    this.#last = {code, known};
    return known;
  }

  #lookUp(code: RuntimeCode): KnownCode {
    const key = bytesToHex(code.hash);
    let known = this.#known.get(key);
    if (known === undefined) {
      known = {engine: this.#engines.find(engine => engine.takes(code))};
      this.#known.set(key, known);
    }
    return known;
  }
}

/** Unpacks the code once, and only where something is wrong with it. */
function specOf({bytes}: RuntimeCode, known: KnownCode): Spec | undefined {
  if (known.read === undefined) {
    const version = readCodeVersion(bytes);
    known.read = {spec: version.ok ? version.value : undefined};
  }
  return known.read.spec;
}
