/**
 * What a node tells without being asked: its blocks, and transactions, each to whoever does not know it yet and at a pace
 * that one peer cannot set for all.
 *
 * Out of scope: votes on finality (`finality`), and the streams that carry all this (`network`).
 */
export {announceBlocks} from "./block-announcer.ts";
export {createPaces} from "./paces.ts";
export {TransactionGossip} from "./transaction-gossip.ts";
