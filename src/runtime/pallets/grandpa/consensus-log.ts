import {encode, struct, u32, u64, unnamedFields, type ValueOf, variant} from "#codec";
import {type DigestItem, GRANDPA_ENGINE} from "#primitives";
import {authorityList} from "./authorities.ts";

const scheduledChange = struct({nextAuthorities: authorityList, delay: u32});

/** What the digest tells voters and light clients (spec/network §2.6). */
const consensusLog = variant({
  ScheduledChange: [1, scheduledChange],
  ForcedChange: [2, unnamedFields(u32, scheduledChange)],
  OnDisabled: [3, u64],
  Pause: [4, u32],
  Resume: [5, u32],
});

export function grandpaLog(log: ValueOf<typeof consensusLog>): DigestItem {
  return {type: "Consensus", value: [GRANDPA_ENGINE, encode(consensusLog, log)]};
}
