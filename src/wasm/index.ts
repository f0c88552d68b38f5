/**
 * WebAssembly's binary form: a module taken apart into its sections, and modules written, instruction by instruction, by
 * functions that give bytes. What is written is WebAssembly 1.0 and no more, since its hosts may know no more; vectors
 * (`simd.ts`) stand apart, for modules whose host is this program and which asks first whether it has them.
 *
 * Out of scope: running modules (`wasm-runtime`, `runtime/code`), and what a runtime's sections say (`runtime-api/code`).
 */
export {customSection} from "./custom-section.ts";
export * from "./instructions.ts";
export {type Frame, type Func, ModuleWriter, type Variable} from "./module-writer.ts";
export {WASM_HEADER, type WasmFailure, type WasmSection, wasmSections} from "./sections.ts";
export {i32x4, i64x2, v128} from "./simd.ts";
