/**
 * Settings of nodes that live in one process and on no disk: alone, or with others whom they meet on a network in memory. Commands
 * that try something out, networks in one process and the test kit start such.
 *
 * Out of scope: the network itself (`network`), starting them (`startNode`), and virtual time (`testing`).
 */
export {type InMemoryWishes, inMemoryNode, quietly} from "./in-memory-node.ts";
export {memoryIdentity, memoryNeighbours} from "./memory-neighbours.ts";
