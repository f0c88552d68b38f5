import {binaryToBytes} from "#base";
import {decode, struct, u32, unnamedFields, type ValueOf, variant} from "#codec";
import {type Header, isEngine} from "#primitives";
import {type Authority, authorityList} from "./authority-list.ts";
import {safeU64} from "./safe-u64.ts";

/** Marks GRANDPA's digest items and its justifications. */
export const GRANDPA_ENGINE = binaryToBytes("FRNK");

const scheduledChange = struct({nextAuthorities: authorityList, delay: u32});

/** A consensus log of engine `FRNK` (spec/network §2.6). Pause and resume are obsolete: read, never obeyed. */
export const grandpaLog = variant({
  ScheduledChange: [1, unnamedFields(scheduledChange)],
  ForcedChange: [2, unnamedFields(u32, scheduledChange)],
  OnDisabled: [3, safeU64],
  Pause: [4, u32],
  Resume: [5, u32],
});
export type GrandpaLog = ValueOf<typeof grandpaLog>;

/** A change of voters that a header announces. `delay` counts blocks from the announcing one. */
export interface AnnouncedChange {
  readonly authorities: readonly Authority[];
  readonly delay: number;
  /** Set for a change that needs no finality: what most voters had last finalized when it was asked for. */
  readonly forced?: {readonly medianLastFinalized: number};
}

/** The change that a header announces, if any: the first forced one, else the first scheduled one. */
export function announcedChange(header: Pick<Header, "digest">): AnnouncedChange | undefined {
  let scheduled: AnnouncedChange | undefined;
  for (const item of header.digest) {
    if (item.type !== "Consensus" || !isEngine(item.value[0], GRANDPA_ENGINE)) continue;
    const log = decode(grandpaLog, item.value[1]);
    if (!log.ok) continue;
    if (log.value.type === "ForcedChange") {
      const [medianLastFinalized, {nextAuthorities, delay}] = log.value.value;
      return {authorities: nextAuthorities, delay, forced: {medianLastFinalized}};
    }
    if (log.value.type === "ScheduledChange" && scheduled === undefined) {
      const [{nextAuthorities, delay}] = log.value.value;
      scheduled = {authorities: nextAuthorities, delay};
    }
  }
  return scheduled;
}
