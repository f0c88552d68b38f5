/**
 * How fast this machine is at what a node does, found out by doing it: blocks full of transfers on a chain of this program's
 * own, made and imported in memory.
 *
 * Out of scope: the chain at hand, whose runtime may be slower or faster, and benchmarks (`bench`).
 */
export {type ImportTrial, importTrial} from "./import-trial.ts";
