/**
 * How a node catches up that is far behind, by Substrate's names. `full`: block by block, each executed. `warp`: from
 * the proof of a final block and its state at once, older blocks afterwards. `fast`: as warp, and the older blocks
 * before anything else.
 */
export const SYNC_MODES = ["full", "fast", "warp"] as const;

export type SyncMode = (typeof SYNC_MODES)[number];
