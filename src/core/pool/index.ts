/**
 * Between the pool of transactions and the chain: asking the runtime what a transaction is worth, taking out what blocks
 * include, and giving back what a change of forks undid.
 *
 * Out of scope: order, limits and watchers of transactions (the room `pool`).
 */
export {followChain} from "./follow-chain.ts";
export {createValidator, type ElsewhereAsked, type ValidatesElsewhere} from "./validate.ts";
export {WatchedLine} from "./watched-line.ts";
