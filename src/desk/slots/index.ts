/**
 * What became of each slot that was this node's (spec: the closed list `SLOT_OUTCOMES`). The author notes what it did or
 * why it did nothing as the slot goes by; the chain has the last word when a block above it is final: a block of ours
 * that is on the final chain is `final`, one that is not is `lost`, and a slot of ours with nothing noted at all is one
 * in which the process did not run.
 *
 * Records are kept for 30 days, one line each in a file a day, the last line of a slot being the one that counts.
 *
 * Out of scope: how the situation as a whole is judged (the desk above).
 */
export {openSlotFiles} from "./slot-files.ts";
export {SlotJournal} from "./slot-journal.ts";
export {SlotJudge} from "./slot-judge.ts";
export {memorySlotKeeper, type SlotKeeper} from "./slot-keeper.ts";
