/**
 * Which runtime a state runs. `Runtimes` is what the core asks; `RuntimesByCode` answers by the hash of `:code`, from
 * whatever engines the node was put together with.
 *
 * Out of scope: running code (`runtime`, and engines to come), and what to do when nothing runs (`succession`).
 */
export {CHAIN_ENDED_TODO, chainEnded} from "./chain-ended.ts";
export {describeUnusable, type Runtimes, type RuntimeUnusable} from "./runtimes.ts";
export {RuntimesByCode} from "./runtimes-by-code.ts";
export {extrinsicsVersionOf, stateVersionOf} from "./state-version-of.ts";
