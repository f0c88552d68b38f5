/**
 * What a runtime's `:code` says of itself, read without running it: a WebAssembly module, often compressed, with the
 * runtime's version in a section of its own.
 *
 * Out of scope: running it (an engine's matter), and making such code (`runtime/code`).
 */
export {type CodeFailure, type EmbeddedVersion, readCodeVersion} from "./code-version.ts";
export {type Compiler, compilerOf} from "./compiler-of.ts";
export {isPacked, MAX_UNPACKED_CODE, unpackCode, unpacking} from "./unpack-code.ts";
