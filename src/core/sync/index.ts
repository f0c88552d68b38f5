/**
 * Catching up and staying there. The machines that decide are in the room `sync`; here they meet peers, the importer and
 * the clock, and what they ask for is sent.
 *
 * Out of scope: deciding what to ask whom, and judging what comes (`sync`).
 */
export {isOld} from "./is-old.ts";
export {SYNC_MODES, type SyncMode} from "./sync-mode.ts";
export {SyncService} from "./sync-service.ts";
