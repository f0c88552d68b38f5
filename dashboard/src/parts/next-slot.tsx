import {now} from "../rpc/cadence.ts";
import {chainTimeAhead, status} from "../state/collator.ts";
import {isStatusOld} from "../state/silence.ts";
import {countdownText} from "../text/time.ts";

/** How long until it is this node's turn again. */
export function NextSlot() {
  const current = status.value;
  if (current === undefined || isStatusOld.value) return <span>not known now</span>;
  const next = current.nextSlot;
  if (next === undefined) {
    const isKeyMissing = current.standing?.isActive === true && current.keys?.now?.isHeld === false;
    return (
      <span>
        {isKeyMissing ? "my slots pass without the key" : "no slot of mine in this session's set"}
      </span>
    );
  }
  if (current.head.isSyncing) return <span>when it has caught up</span>;
  const left = next.at - chainTimeAhead.value - now.value;
  return (
    <span>
      next in <span class="countdown">{left > 0 ? countdownText(left) : "0:00"}</span>
    </span>
  );
}
