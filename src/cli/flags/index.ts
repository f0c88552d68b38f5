/**
 * Command lines: flags are declared once in a table, from which reading, help and the advice on a misspelt one
 * follow. Splitting arguments is node's own `parseArgs`.
 */
export {type Flag, FlagValues, type ForeignFlag} from "./flag.ts";
export {flagHelp} from "./help.ts";
export {type ParseOptions, parseFlags} from "./parse-flags.ts";
