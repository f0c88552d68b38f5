import {err, ok, type Result, type Steps} from "#base";
import {DecodeError, OutOfRange, Source} from "#codec";
import type {RuntimeVersion} from "#primitives";
import {type Runtime, type RuntimeFailure, type RuntimeHost, runCall} from "#runtime-api";
import {RuntimeTrap} from "../frame/index.ts";
import type {ApiMethod, RuntimeApi} from "./declare.ts";

/** A runtime made of its APIs: finds the function, decodes, runs, and turns a trap into a value. */
export class TypeScriptRuntime implements Runtime {
  readonly version: RuntimeVersion;
  readonly #methods = new Map<string, ApiMethod>();

  constructor(version: RuntimeVersion, apis: readonly RuntimeApi[]) {
    this.version = version;
    for (const api of apis) {
      for (const method of api.methods) this.#methods.set(`${api.name}_${method.name}`, method);
    }
  }

  call(name: string, args: Uint8Array, host: RuntimeHost): Result<Uint8Array, RuntimeFailure> {
    const method = this.#methods.get(name);
    if (method === undefined) return err({code: "function-not-found", name});
    return guarded(name, host, () => method.invoke(host, new Source(args)));
  }

  /** Each step is a call of its own to the state, which is as it was left when the next one comes. */
  *callInSteps(
    name: string,
    args: Uint8Array,
    host: RuntimeHost,
  ): Steps<Result<Uint8Array, RuntimeFailure>> {
    const steps = this.#methods.get(name)?.invokeInSteps?.(host, new Source(args));
    if (steps === undefined) return this.call(name, args, host);
    for (;;) {
      const step = guarded(name, host, () => steps.next());
      if (!step.ok) return step;
      if (step.value.done === true) return ok(step.value.value);
      yield;
    }
  }
}

/** Makes a trap a value, and of arguments that are none. */
function guarded<T>(name: string, host: RuntimeHost, work: () => T): Result<T, RuntimeFailure> {
  return runCall<T, RuntimeFailure>(name, host.state, () => {
    try {
      return ok(work());
    } catch (error) {
      // A number that outgrew its type is one of the state's or of a caller's making: no fault of ours.
      if (error instanceof RuntimeTrap || error instanceof OutOfRange) {
        return err({code: "trap", name, message: error.message});
      }
      if (error instanceof DecodeError) {
        return err({code: "arguments-invalid", name, reason: error.message});
      }
      throw error;
    }
  });
}

/** The list in `RuntimeVersion.apis`. */
export function apiVersions(
  apis: readonly Pick<RuntimeApi, "id" | "version">[],
): [Uint8Array, number][] {
  return apis.map(({id, version}) => {
    const bytes = new Uint8Array(8);
    for (let i = 0; i < 8; i++) bytes[i] = Number.parseInt(id.slice(2 + 2 * i, 4 + 2 * i), 16);
    return [bytes, version];
  });
}
