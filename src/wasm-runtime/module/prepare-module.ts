import {bytesToBinary, err, inOneGo, ok, type Result, type Steps} from "#base";
import {wasmSections} from "#wasm";
import {type ModuleLayout, moduleLayout} from "./module-layout.ts";
import {ModuleFault} from "./module-reader.ts";
import {readInstructions} from "./read-instructions.ts";

/** With these bytes begin programs for PolkaVM, another machine altogether. */
const POLKA_VM = "PVM";

/** A runtime's code, compiled, and what its host has to know of it. */
export interface PreparedModule extends ModuleLayout {
  readonly module: WebAssembly.Module;
  /** Pages of 64 KiB that it has at least. */
  readonly memory: NonNullable<ModuleLayout["memory"]>;
  /** Whether it could notice how large its memory is. */
  readonly asksSize: boolean;
}

/**
 * From a runtime's code, unpacked, to a module that can be instantiated. What upstream's engine would not take is refused, for a
 * reason in words.
 */
export const prepareModule = (bytes: Uint8Array): Result<PreparedModule, string> =>
  inOneGo(preparingModule(bytes));

/** The same in steps, of which the longest is to compile it: `compiled` is that, where it was done on other threads. */
export function* preparingModule(
  bytes: Uint8Array,
  compiled?: WebAssembly.Module,
): Steps<Result<PreparedModule, string>> {
  if (bytesToBinary(bytes.subarray(0, POLKA_VM.length)) === POLKA_VM) {
    return err("it is a program for PolkaVM, which this program does not run");
  }
  const sections = wasmSections(bytes);
  if (!sections.ok) return err(`it is no WebAssembly module: ${sections.error}`);
  const module = compiled === undefined ? compile(bytes) : ok(compiled);
  if (!module.ok) return module;
  try {
    const layout = moduleLayout(sections.value);
    const {refused, asksSize} = yield* readInstructions(sections.value, layout);
    if (refused !== undefined) return err(`it uses what no node of Substrate's runs: ${refused}`);
    return check({...layout, module: module.value, asksSize});
  } catch (error) {
    if (error instanceof ModuleFault) return err(`it uses what no node runs: ${error.message}`);
    throw error;
  }
}

/** Compiles on other threads; undefined for what is no module, of which `prepareModule` says why. */
export async function compileAhead(bytes: Uint8Array): Promise<WebAssembly.Module | undefined> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}

function compile(bytes: Uint8Array): Result<WebAssembly.Module, string> {
  try {
    return ok(new WebAssembly.Module(bytes));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return err(error.message);
    throw error;
  }
}

function check(
  layout: ModuleLayout & Pick<PreparedModule, "module" | "asksSize">,
): Result<PreparedModule, string> {
  const {memory, functions, otherImports} = layout;
  const foreign = [...functions, ...otherImports].find(({module}) => module !== "env");
  if (foreign !== undefined) return err(`it imports ${foreign.module}.${foreign.name}`);
  const other = otherImports[0];
  if (other !== undefined) return err(`it imports ${other.name}, which is no function`);
  if (memory === undefined) return err("it has no memory");
  if (memory.maximum !== undefined) return err("it bounds its memory, which is the host's to do");
  const exports = WebAssembly.Module.exports(layout.module);
  const has = (name: string, kind: string) =>
    exports.some(one => one.name === name && one.kind === kind);
  if (!layout.hasHeapBase) return err("it does not say where its heap begins");
  if (!memory.isImported && !has("memory", "memory")) return err("it keeps its memory to itself");
  return ok({...layout, memory});
}
