import type {SlotRecord} from "../vocabulary.ts";

/** Where records of slots outlive the process. */
export interface SlotKeeper {
  /** Records that began at or after a moment, in the order in which they were added. */
  load(since: number): SlotRecord[];
  add(record: SlotRecord): void;
  /** Forgets what began before a moment. */
  forget(before: number): void;
}

/** For nodes that end with their process. */
export const memorySlotKeeper = (): SlotKeeper => ({load: () => [], add() {}, forget() {}});
