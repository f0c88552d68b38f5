/**
 * A runtime's code made ready to run: compiled by the engine of JavaScript, held against what Substrate's own engine
 * allows, and read for what JavaScript does not tell: how large its memory is, where its data begins, what state
 * it has besides.
 *
 * Out of scope: unpacking it, what a module says of its version (both `runtime-api/code`), and
 * instances (`instance`).
 */
export type {FunctionType, ImportedFunction, MemoryDeclaration} from "./module-layout.ts";
export {
  compileAhead,
  type PreparedModule,
  prepareModule,
  preparingModule,
} from "./prepare-module.ts";
