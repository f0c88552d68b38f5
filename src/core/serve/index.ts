/**
 * What peers ask for: blocks, parts of a state with proofs, and what a light client needs to read or to run a call.
 *
 * Out of scope: proofs of finality (`finality`), and how often a peer may ask (`network`).
 */
export {serveBlocks} from "./blocks.ts";
export {serveLight} from "./light.ts";
export {serveState} from "./state.ts";
export {StateLeases} from "./state-leases.ts";
