/**
 * What runtimes ask of their host: one table of functions, each with its name, what it takes, what it answers and what it is
 * about. From it follow what a module gets for its imports, what it lacks, and the documentation.
 *
 * A function works on values: keys, bytes, numbers. How these lie in the runtime's memory, the forms of its parameters say
 * (`forms`), and `bind` makes of both what is called.
 *
 * Out of scope: the state itself (`state`), how long an instance lives (`instance`).
 */
export {bindImport, bindNumbers, type NumbersFunction} from "./bind.ts";
export {CallContext, type HostServices, type RuntimeLog} from "./call-context.ts";
export type {HostFunction, HostGroup} from "./host-function.ts";
export {hostFunctionFor, missingFunction, missingFunctions, wasmType} from "./imports.ts";
export {HOST_FUNCTIONS} from "./table.ts";
