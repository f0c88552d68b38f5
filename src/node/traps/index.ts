/**
 * Says of a genuine runtime that trapped what a person needs to find out why: its own stack, the extrinsic at hand, and the
 * storage it touched last, by the names that it publishes. The facts go with the failure, so that whoever asked for the call
 * has them (RPC hands them on, an author complains with them), and to the log under `runtime`, at a pace: anybody can send
 * a transaction over which a runtime traps.
 *
 * Out of scope: what becomes of the block or transaction (`core`), and the trap itself (`wasm-runtime`).
 */
export {explainTraps, type TrapExplainerOptions} from "./explain-traps.ts";
export {TrapLog} from "./trap-log.ts";
