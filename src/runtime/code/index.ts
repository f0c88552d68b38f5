/**
 * `:code`, the blob by which clients know which runtime a chain runs. Ours is a small WebAssembly module without
 * code, whose sections carry the runtime's version and our marker: this program executes the runtime itself and
 * must recognise its own, and refuse to go on under any other.
 *
 * Out of scope: executing a module.
 */

export {buildCode, type CodeFailure, ourVersion, readCode} from "./code-blob.ts";
export type {CodeHost} from "./code-host.ts";
export type {
  ClassLimits,
  FixedCall,
  LightClientContents,
  StorageKeys,
} from "./light-client/index.ts";
export {type CodeRunFailure, runCode} from "./run-code.ts";
export {customSection, type WasmSection, wasmSections} from "./wasm-sections.ts";
