/**
 * Instances of a module: one is kept and used again, and renewed after a call of it was cut short.
 *
 * Out of scope: what a call's failure means (`wasm-runtime`).
 */
export {InstancePool} from "./instance-pool.ts";
export {type InstanceOptions, RuntimeInstance} from "./runtime-instance.ts";
