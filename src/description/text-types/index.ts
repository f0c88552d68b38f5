/**
 * Types of metadata 13, which stand there as texts of Rust: parsed, and looked up among the names of that age. A name that is not known is an unknown type, never a guess.
 *
 * Out of scope: chains whose metadata carries its types.
 */
export {parseTypeText} from "./parse-type-text.ts";
export {sessionKeysType} from "./session-keys-type.ts";
export {TextTypes} from "./text-types.ts";
