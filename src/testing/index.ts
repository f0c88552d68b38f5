/**
 * The public test kit, `khala/testing`: a network of real nodes in one process, on a clock that moves only when told.
 * A test starts one, lets blocks pass, silences nodes or cuts them off, submits transactions, and looks at sets,
 * bonds, events and finality at any block of any node. A session of hours takes as long as its blocks take to compute,
 * and the same seed gives the same blocks, byte for byte.
 *
 * The nodes are those that `khala` runs, less what touches the machine: chain, keys and what was signed are kept in
 * memory, peers are reached over a network in memory with delays, losses and partitions, signatures are checked in
 * place. Names stand for accounts throughout.
 *
 * Out of scope: JSON-RPC, files and sockets (start the program for those), and speed: one process does the work of all
 * nodes.
 */
import "../polyfills.ts";

export type * from "./api.ts";
export {startNetwork} from "./network/start-network.ts";
export {call, sudo} from "./transactions/call.ts";
