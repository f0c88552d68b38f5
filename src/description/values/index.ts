/**
 * Values by their types: one codec for each type information, made once, bounded in depth and in memory whatever the metadata or the bytes say.
 *
 * Out of scope: the types that this program declares itself (`codec`).
 */
export {codecOf, readValue, typeNameOf, writeValue} from "./codec-of.ts";
export {MisfitError, type ValueMisfit} from "./misfit.ts";
export {isUnknown, type UnknownType, unknownType} from "./unknown-type.ts";
export type {NamedCall} from "./variants.ts";
