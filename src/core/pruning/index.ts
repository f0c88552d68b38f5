/**
 * What the operator does not want kept goes in the background: `Pruner` has the store remove a little at a time whenever
 * something becomes final, and gives everybody else a turn in between. In the same steps the store's flat index follows the chain. What may go, and in which order, the store knows (`#store`).
 *
 * Out of scope: which modes there are, and what stays in use (`store`); saying so to people (`node`, `rpc`).
 */
export {Pruner, type PrunerDependencies} from "./pruner.ts";
