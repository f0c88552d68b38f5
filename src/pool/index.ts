/**
 * The transaction pool: what waits to be put into a block. *Ready* transactions could go in now, best first;
 * *future* ones wait for others. Replacement needs a higher priority; what is removed is refused for a while;
 * both queues are bounded. Whoever watches a transaction is told each turn of its life.
 *
 * The pool asks the runtime through a function it is handed and never looks into a transaction itself.
 *
 * Out of scope: what makes a transaction valid (the runtime says so), how it is asked for (`rpc`), passing it on.
 */
export type {TransactionPoolDependencies} from "./dependencies.ts";
export type {Validation} from "./judge.ts";
export {DEFAULT_POOL_LIMITS, type PoolLimits, poolLimits} from "./limits.ts";
export type {PoolTransaction, Tag} from "./pool-transaction.ts";
export type {BestTransactions} from "./ready-queue.ts";
export type {SubmitFailure} from "./submit-failure.ts";
export {TransactionPool} from "./transaction-pool.ts";
export {isLastStatus, type TransactionStatus} from "./transaction-status.ts";
export type {StatusListener} from "./watchers.ts";
