/**
 * A small module that works in the runtime's own memory: it gives out the heap, makes the hashes that storage keys are made
 * of, and takes spans apart, so that most of what a runtime asks for never leaves WebAssembly, and no `BigInt` is made for
 * the rest. It is written here, instruction by instruction, from the table of host functions.
 *
 * It keeps all that it knows in globals of its own. The memory has the size it has upstream and holds nothing else.
 *
 * What it does is written in JavaScript as well (`memory`, `crypto`, `host`), for modules that own their memory, and as the
 * oracle that tests hold it to.
 *
 * Out of scope: hashes that few runtimes ask for.
 */
export {canHelp, createHelper, type Helper} from "./helper.ts";
