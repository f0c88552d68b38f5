import {err, ok, type Result} from "#base";
import type {RuntimeVersion} from "#primitives";
import {
  type GivenUpCall,
  type Runtime,
  type RuntimeFailure,
  type RuntimeHost,
  runCall,
} from "#runtime-api";
import {type HostServices, missingFunctions, type RuntimeLog} from "./host/index.ts";
import {HostTrap} from "./host-trap.ts";
import {InstancePool} from "./instance/index.ts";
import type {PreparedModule} from "./module/index.ts";
import {tellStack, withWholeStack} from "./tell-stack.ts";

/**
 * Runs work that may never end, and gives it up after a while: then it throws `GivenUp`. What the work was about to do at
 * that moment is lost, its own `finally` included.
 */
export type Within = <T>(work: () => T) => T;

/** Thrown by `Within`. */
export class GivenUp extends Error {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`given up after ${milliseconds} ms`);
    this.name = "GivenUp";
    this.milliseconds = milliseconds;
  }
}

export interface WasmRuntimeOptions {
  readonly services: HostServices;
  readonly heapPages: number;
  readonly within?: Within | undefined;
}

/** A runtime of the seam that says what it offers, and what it lacks. */
export type WasmRuntimeOfVersion = Runtime &
  Pick<WasmRuntime, "missing" | "imports" | "functions" | "memoryPages">;

/** A runtime that is WebAssembly, called as Substrate calls it (spec/wasm-engine §3). */
export class WasmRuntime {
  /** Host functions that it imports and we do not have: calling one is a trap. */
  readonly missing: readonly string[];
  /** Names of all host functions that it imports. */
  readonly imports: ReadonlySet<string>;
  /** Names of the functions that it offers. */
  readonly functions: ReadonlySet<string>;
  /** Of 64 KiB, that it declares; the heap comes on top. */
  readonly memoryPages: number;
  readonly #instances: InstancePool;
  readonly #within: Within | undefined;
  readonly #log: RuntimeLog | undefined;
  /** Whether calls are watched over together. */
  #isWatching = false;

  constructor(prepared: PreparedModule, options: WasmRuntimeOptions) {
    this.missing = missingFunctions(prepared.functions);
    this.imports = new Set(prepared.functions.map(({name}) => name));
    this.functions = prepared.exported;
    this.memoryPages = prepared.memory.minimum;
    this.#instances = new InstancePool(prepared, options);
    this.#within = options.within;
    this.#log = options.services.log;
  }

  call(name: string, args: Uint8Array, host: RuntimeHost): Result<Uint8Array, RuntimeFailure> {
    if (!this.functions.has(name)) return err({code: "function-not-found", name});
    return runCall<Uint8Array, RuntimeFailure>(name, host.state, () => {
      const instance = this.#instances.take();
      try {
        const run = () => withWholeStack(this.#log, () => instance.call(name, args, host));
        const isAlone = this.#within !== undefined && !this.#isWatching;
        const answer = isAlone ? this.#within(run) : run();
        this.#instances.giveBack(instance, true);
        return ok(answer);
      } catch (error) {
        const {lastError} = instance.context;
        tellStack(name, error, this.#log);
        this.#instances.giveBack(instance, false);
        return err(failureOf(name, error, lastError));
      }
    });
  }

  /** The same as a runtime of the seam, with what it says of its version. */
  withVersion(version: RuntimeVersion): WasmRuntimeOfVersion {
    return {
      version,
      missing: this.missing,
      imports: this.imports,
      functions: this.functions,
      memoryPages: this.memoryPages,
      call: (name, args, host) => this.call(name, args, host),
      watched: (name, work) => this.watched(name, work),
    };
  }

  watched<T>(name: string, work: () => T): Result<T, GivenUpCall> {
    if (this.#within === undefined || this.#isWatching) return ok(work());
    this.#isWatching = true;
    try {
      return ok(this.#within(work));
    } catch (error) {
      if (error instanceof GivenUp) return err(givenUp(name, error));
      throw error;
    } finally {
      this.#isWatching = false;
    }
  }
}

/** What a call came to that was cut short. What is neither the module's doing nor a refusal of its host's goes through. */
function failureOf(name: string, error: unknown, lastError: string | undefined): RuntimeFailure {
  if (error instanceof HostTrap) return {code: "trap", name, message: error.message};
  if (error instanceof WebAssembly.RuntimeError) {
    // Arguments that do not decode too, as everywhere: those of a block or a transaction come from strangers.
    return {code: "trap", name, message: lastError ?? error.message};
  }
  if (error instanceof GivenUp) return givenUp(name, error);
  if (isStackOverflow(error)) return {code: "trap", name, message: "the stack overflowed"};
  throw error;
}

const givenUp = (name: string, {milliseconds}: GivenUp): GivenUpCall => ({
  code: "given-up",
  name,
  milliseconds,
});

/** The engine's stack, on which a module's calls lie together with ours. */
const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && /call stack/.test(error.message);
