import {type Codec, decodePrefix, struct, u32, u64, unnamedFields, variant} from "#codec";
import {GRANDPA_ENGINE, type Header, isEngine} from "#primitives";
import {type AuthorityList, authorityList} from "./voter-set.ts";

const scheduled = struct({nextAuthorities: authorityList, delay: u32});

const consensusLog = variant({
  ScheduledChange: [1, scheduled],
  ForcedChange: [2, unnamedFields(u32, scheduled)],
  OnDisabled: [3, u64],
  Pause: [4, u32],
  Resume: [5, u32],
});

/** A change of voters as a header announces it (spec/network §2.6). */
export interface AnnouncedChange {
  readonly next: AuthorityList;
  /** Blocks from the announcement to the change. */
  readonly delay: number;
  /** Of a forced change: what new voters take as final. */
  readonly medianFinalized: number | undefined;
}

/** The change that a header announces: the forced one if there is any, else the first scheduled one. */
export function announcedChange(header: Pick<Header, "digest">): AnnouncedChange | undefined {
  let found: AnnouncedChange | undefined;
  for (const item of header.digest) {
    if (item.type !== "Consensus" || !isEngine(item.value[0], GRANDPA_ENGINE)) continue;
    const decoded = decodePrefix(consensusLog as Codec<LogValue>, item.value[1]);
    if (!decoded.ok) continue;
    const log = decoded.value.value;
    if (log.type === "ForcedChange") {
      const [medianFinalized, {nextAuthorities, delay}] = log.value;
      return {next: nextAuthorities, delay, medianFinalized};
    }
    if (log.type === "ScheduledChange" && found === undefined) {
      const {nextAuthorities, delay} = log.value;
      found = {next: nextAuthorities, delay, medianFinalized: undefined};
    }
  }
  return found;
}

type Scheduled = {readonly nextAuthorities: AuthorityList; readonly delay: number};
type LogValue =
  | {readonly type: "ScheduledChange"; readonly value: Scheduled}
  | {readonly type: "ForcedChange"; readonly value: readonly [number, Scheduled]}
  | {readonly type: "OnDisabled"; readonly value: bigint}
  | {readonly type: "Pause" | "Resume"; readonly value: number};
