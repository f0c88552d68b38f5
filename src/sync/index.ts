/**
 * How a node catches up: state machines that are told of peers, their answers and the time, and say what to ask of
 * whom, what to import and who lied. They keep no chain and know no network, so the node and the simulator drive
 * the same code.
 *
 * `ChainSync` is full sync. Peers that agree with our head fill one row of blocks together, each a range of it, many
 * ranges ahead; a peer that is on another fork is first asked where it left ours and then followed for itself; a
 * block that is announced near our head is fetched backwards until it meets what we know. Every request has a
 * deadline, a claim to be far ahead counts once blocks of it were taken in, and what one peer breaks another mends.
 *
 * `WarpSync` skips the chain: it follows the changes of voters by their proofs to the newest final block and fetches
 * that block and its state, each answer proved by itself. `HistorySync` then fills what was skipped, from the top
 * downwards, when there is nothing better to do.
 *
 * Nothing here may cost more than it is worth to us: a body is held against its header before the block's name is
 * (a forged one must not make it bad), a peer has a share of the places for forks and of memory, what it gives is
 * weighed against the time it takes, and what could not be used is not asked of it again at once.
 *
 * Out of scope: whether a block is valid (the importer says), what an offence costs (`network`).
 */
export {bodyMatches} from "./body-matches.ts";
export {ChainSync} from "./chain-sync.ts";
export {type HistoryAction, HistorySync} from "./history/history-sync.ts";
export {MAJOR_LAG, OLD} from "./limits.ts";
export type {
  BlocksWanted,
  ImportOutcome,
  LocalChain,
  ReceivedBlock,
  SyncAction,
  SyncBlock,
  SyncOffence,
} from "./messages.ts";
export {Rate, type SyncProgress, type SyncStage} from "./progress.ts";
export type {Leap, WarpAction, WarpAnswer, WarpStart, WarpWanted} from "./warp/messages.ts";
export {type WarpCrypto, WarpRoute} from "./warp/warp-route.ts";
export {WarpSync} from "./warp/warp-sync.ts";
