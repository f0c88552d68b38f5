import {err, ok, type Result} from "#base";
import {type RuntimeFailure, runCall} from "#runtime-api";
import {RuntimeTrap} from "../frame/index.ts";
import {type CodeHost, hostFunctions} from "./code-host.ts";
import {CodeMemory} from "./code-memory.ts";

export type CodeRunFailure =
  | RuntimeFailure
  /** Not a module, or one that asks its host for what ours does not have. */
  | {readonly code: "code-unusable"; readonly reason: string};

type ApiFunction = (address: number, length: number) => bigint;

/**
 * Calls a function of a module as a light client does: a new instance, the arguments in memory of the host's, the
 * answer copied out. Synchronous; a module of ours does so much work that a call ends soon, of others nobody knows.
 */
export function runCode(
  code: Uint8Array,
  name: string,
  args: Uint8Array,
  host: CodeHost,
): Result<Uint8Array, CodeRunFailure> {
  let memory: CodeMemory | undefined;
  let exports: Record<string, unknown>;
  try {
    const module = new WebAssembly.Module(code);
    const env = hostFunctions(host, () => memory!);
    exports = new WebAssembly.Instance(module, {env}).exports;
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) {
      return err({code: "code-unusable", reason: error.message});
    }
    throw error;
  }
  const heapBase = exports.__heap_base as {value: number} | undefined;
  const own = exports.memory as WebAssembly.Memory | undefined;
  if (heapBase === undefined || own === undefined) {
    return err({code: "code-unusable", reason: "no memory or no __heap_base is exported"});
  }
  const run = exports[name];
  if (typeof run !== "function") return err({code: "function-not-found", name});
  memory = new CodeMemory(own, heapBase.value);
  const span = memory;
  return runCall<Uint8Array, CodeRunFailure>(name, host.state, () => {
    try {
      const answer = (run as ApiFunction)(span.write(args), args.length);
      return ok(span.readSpan(answer));
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError || error instanceof RuntimeTrap) {
        return err({code: "trap", name, message: error.message});
      }
      throw error;
    }
  });
}
