import {err, ok, type Result} from "#base";
import type {RuntimeVersion} from "#primitives";
import {
  type GivenUpCall,
  type Runtime,
  type RuntimeFailure,
  type RuntimeHost,
  runCall,
} from "#runtime-api";
import {NoTransaction} from "#state";
import {type CallContext, type HostServices, missingFunctions} from "./host/index.ts";
import {HostTrap} from "./host-trap.ts";
import {InstancePool, type RuntimeInstance} from "./instance/index.ts";
import type {PreparedModule} from "./module/index.ts";
import {runtimeFrames, withWholeStack} from "./runtime-frames.ts";

/**
 * Runs work that may never end, and gives it up after a while, sooner with less `patience` (milliseconds): then it throws
 * `GivenUp`. What the work was about to do at that moment is lost, its own `finally` included.
 */
export type Within = <T>(work: () => T, patience?: number) => T;

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
  /** Whether calls are watched over together. */
  #isWatching = false;

  constructor(prepared: PreparedModule, options: WasmRuntimeOptions) {
    this.missing = missingFunctions(prepared.functions);
    this.imports = new Set(prepared.functions.map(({name}) => name));
    this.functions = prepared.exported;
    this.memoryPages = prepared.memory.minimum;
    this.#instances = new InstancePool(prepared, options);
    this.#within = options.within;
  }

  call(name: string, args: Uint8Array, host: RuntimeHost): Result<Uint8Array, RuntimeFailure> {
    if (!this.functions.has(name)) return err({code: "function-not-found", name});
    return runCall<Uint8Array, RuntimeFailure>(name, host.state, () => {
      let instance: RuntimeInstance | undefined;
      try {
        // Making one is watched as well: a module may have a function that runs at its start.
        const run = () =>
          withWholeStack(() => {
            instance = this.#instances.take();
            return {instance, answer: instance.call(name, args, host)};
          });
        const isAlone = this.#within !== undefined && !this.#isWatching;
        const done = isAlone ? this.#within(run, host.patience) : run();
        this.#instances.giveBack(done.instance, true);
        return ok(done.answer);
      } catch (error) {
        const failure = failureOf(name, error, instance?.context);
        if (instance !== undefined) this.#instances.giveBack(instance, false);
        return err(failure);
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
function failureOf(name: string, error: unknown, context: CallContext | undefined): RuntimeFailure {
  if (error instanceof GivenUp) return givenUp(name, error);
  const message = trapMessage(error, context?.lastError);
  if (message === undefined) throw error;
  const place = {stack: runtimeFrames(error), touched: context?.touches.latest() ?? []};
  return {code: "trap", name, message, place, ...(isStackOverflow(error) && {isStateLost: true})};
}

function trapMessage(error: unknown, lastError: string | undefined): string | undefined {
  if (error instanceof HostTrap) return error.message;
  // Arguments that do not decode too, as everywhere: those of a block or a transaction come from strangers.
  if (error instanceof WebAssembly.RuntimeError) return lastError ?? error.message;
  if (error instanceof NoTransaction) return error.message;
  if (error instanceof WebAssembly.LinkError || isMemoryRefused(error)) return error.message;
  return isStackOverflow(error) ? "the stack overflowed" : undefined;
}

const givenUp = (name: string, {milliseconds}: GivenUp): GivenUpCall => ({
  code: "given-up",
  name,
  milliseconds,
});

/** The engine has no memory of as many pages as the module and its chain want. */
const isMemoryRefused = (error: unknown): error is RangeError =>
  error instanceof RangeError && /memory/i.test(error.message);

/** The engine's stack, on which a module's calls lie together with ours. */
const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && /call stack/.test(error.message);
