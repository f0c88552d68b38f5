import type {MissedWhy} from "#core";
import type {SlotOutcome} from "./vocabulary.ts";

/** What the author's own reason is in the closed list. */
export function outcomeOf(why: MissedWhy): {outcome: SlotOutcome; detail: string | undefined} {
  switch (why.code) {
    case "syncing":
      return {outcome: "syncing", detail: `at block ${why.best} of ${why.target}`};
    case "finality-lags":
      return {outcome: "finality-lags", detail: `final ${why.finalized}, best ${why.best}`};
    case "no-peers":
    case "silenced":
      return {outcome: why.code, detail: undefined};
    case "clock-off":
      return {outcome: "clock-off", detail: `${Math.round(why.offset)} ms off`};
    case "key-stopped":
      return {outcome: "key-stopped", detail: why.what};
    case "slot-lost":
      return {outcome: "parent-late", detail: `the best block is of slot ${why.parentSlot}`};
    case "guard-refused":
    case "judged-invalid":
      return {outcome: why.code, detail: why.reason};
    case "session-key-missing":
      return {outcome: "keys-missing", detail: why.reason};
    case "not-running":
      return {outcome: "out-of-time", detail: undefined};
    default:
      return {outcome: "failed", detail: "reason" in why ? why.reason : why.code};
  }
}
