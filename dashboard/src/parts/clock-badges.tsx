import {status} from "../state/collator.ts";
import {isStatusOld} from "../state/silence.ts";
import {chainTimeText, machineTimeText} from "../text/since-words.ts";
import {Badge} from "./badge.tsx";

/** Above every screen: that the times shown are not those of a clock on the wall. */
export function ClockBadges() {
  const current = status.value;
  if (current === undefined || isStatusOld.value) return null;
  const {clock, time} = current;
  const chain = chainTimeText(time);
  const machine = machineTimeText(clock.offset, clock.bound);
  return (
    <>
      {chain !== undefined && (
        <span title="Time was moved on, or goes at another pace: slots, sessions and what is written in blocks go by the chain's clock.">
          <Badge tone="waiting">{chain}</Badge>
        </span>
      )}
      {machine !== undefined && (
        <span title="Held against the blocks of others, or a time server.">
          <Badge tone={clock.isPaused ? "bad" : "waiting"}>{machine}</Badge>
        </span>
      )}
    </>
  );
}
