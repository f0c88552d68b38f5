/**
 * Validation of transactions on other threads. When many come, the one thread that everything else of a node runs on
 * has better things to do than to ask the runtime about each: others do, over the state of the best block, and check the
 * signatures of many together. What they find out is the pool's verdict; a signature that they found good is checked no
 * more by who executes it into a block; and the entries that they needed the node has read by then.
 *
 * A thread has nothing of the chain. It is told of a state (`begin`) and asked about transactions on it (`ask`); what a
 * runtime reads it asks back for (`need`, `entries`), all that a try lacked at once, and tries again. So it makes no
 * difference where a state is kept, whether it is on disk yet, or on which fork. Keys that nearly all transactions read
 * come along with each new state, and a sender's account is foreseen (`LikelyKeys`), so that most are tried once.
 *
 * Whatever a thread cannot find out (a trap, a runtime that reads more than single entries, a thread that ended) is asked
 * on the thread of the node, where it would have been asked without.
 *
 * Out of scope: what a transaction is worth to the pool (`pool`), when it is asked about elsewhere
 * (`core/pool/validate.ts`), and the threads that check signatures of blocks (`crypto-native`).
 */
export {openThread} from "./validation-thread.ts";
export {ValidationThreads} from "./validation-threads.ts";
