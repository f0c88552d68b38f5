/**
 * What makes a block one to begin a node with: who votes after it, and how that is known. A snapshot has it written down when it is
 * taken (`votersAfter`), and it is followed from the chain's beginning on when a node is to begin there (`originOf`), as a
 * warp sync follows what peers say.
 *
 * Out of scope: the block's state and where all of it is written (`snapshot`, `store`), warp sync itself (`sync`).
 */
export {type OriginParts, originOf, type SnapshotOrigin} from "./origin-of.ts";
export {type VotersAfter, type VotersParts, votersAfter} from "./voters-after.ts";
