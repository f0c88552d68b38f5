/**
 * Metadata read: 14 to 16, which carry their types in a registry, and 13, which names them in texts.
 *
 * Out of scope: what metadata says of a type that nobody described (`text-types`), and writing metadata (`runtime/frame/metadata`).
 */
export {innerMetadata} from "./inner-metadata.ts";
export {readPortable} from "./read-portable.ts";
export {readV13} from "./read-v13.ts";
