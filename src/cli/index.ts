/**
 * The command line: one folder per command, each a table of flags and a function of what was given. Nothing here
 * knows how a node works; it chooses, starts, and puts failures into words.
 */
export type {Command} from "./command.ts";
export {type Flag, FlagValues, flagHelp, parseFlags} from "./flags/index.ts";
