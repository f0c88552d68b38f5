/**
 * The public test kit, `khala/testing`, in two halves. `startChain` is a chain with a URL, for tests of what speaks to one: it is
 * there in milliseconds, makes blocks when there is something for them, and is gone without a trace; `startChainServer` gives each
 * of a test's workers its own; `khala/testing/vitest`, `/jest` and `/node` hand them to tests. `startNetwork` is a network of real
 * nodes in one process, on a clock that moves only when told: a test lets blocks pass, silences nodes or cuts them off, submits
 * transactions, and looks at sets, bonds, events and finality at any block of any node. A session of hours takes as long as
 * its blocks take to compute, and the same seed gives the same blocks, byte for byte.
 *
 * The nodes are those that `khala` runs, less what touches the machine: chain, keys and what was signed are kept in
 * memory, peers are reached over a network in memory with delays, losses and partitions, signatures are checked in
 * place. Names stand for accounts throughout.
 *
 * Out of scope: files (start the program for those), JSON-RPC on a virtual clock, and speed: one process does the work of all nodes.
 */
import "../polyfills.ts";

export type * from "./api.ts";
export type * from "./chain-api.ts";
export {costsOf} from "./costs/costs-of.ts";
export {startNetwork} from "./network/start-network.ts";
export {startChainServer} from "./served/chain-server.ts";
export {startChain} from "./served/start-chain.ts";
export {call, sudo} from "./transactions/call.ts";
