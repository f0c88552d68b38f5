/**
 * A client's own view of the newest blocks (spec/rpc §2, `chainHead_v1`). A *follow* reports every block above what is
 * final, which of them is the best, and what becomes final or is pruned; all it reported stays *pinned*, that is,
 * may be asked about, until the client lets it go. Headers are answered at once; bodies, runtime calls and storage
 * are *operations*, whose results come as events of the follow.
 *
 * States are kept as long as the chain, so a pin costs its hash. What is bounded is what a client makes us
 * remember: a follow that lets nothing go is stopped, and the client begins a new one.
 *
 * Out of scope: who may call (`dispatch`), how a query of storage is walked (`storage-query`).
 */
export {Follow} from "./follow.ts";
export * from "./follow-errors.ts";
export {Follows} from "./follows.ts";
export {type Operation, Operations} from "./operations.ts";
