/**
 * Transactions handed over with `transaction_v1_broadcast`: kept alive on behalf of a connection, until they are
 * final or the client stops them or goes away. The client is told nothing: it finds its transaction in a block.
 *
 * Out of scope: what a transaction is worth (`pool`), telling of its life (`methods/transaction-watch`).
 */
export {Broadcast} from "./broadcast.ts";
export {Broadcasts} from "./broadcasts.ts";
