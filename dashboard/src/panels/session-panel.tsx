import {Fact, Facts} from "../parts/facts.tsx";
import {Meter} from "../parts/meter.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {now} from "../rpc/cadence.ts";
import {chainTimeAhead, status} from "../state/collator.ts";
import {isStatusOld} from "../state/silence.ts";
import {count, plural} from "../text/short.ts";
import {countdownText, timeText} from "../text/time.ts";

/** When does the set change next? */
export function SessionPanel() {
  const current = status.value;
  if (current === undefined) {
    return (
      <Panel title="Session">
        <Waiting failure={status.failure.value} />
      </Panel>
    );
  }
  const {index, period, blocksInto, nextRotationBlock, nextRotationAt} = current.session;
  const left = nextRotationAt - chainTimeAhead.value - now.value;
  return (
    <Panel title={`Session ${count(index)}`} aside={`changes at block ${count(nextRotationBlock)}`}>
      <p class="lead">
        {isStatusOld.value ? (
          <span class="soft">{plural(period - blocksInto, "block")} were left then</span>
        ) : (
          <>
            <span class="big">{countdownText(left)}</span>{" "}
            <span class="soft">left, {plural(period - blocksInto, "block")}</span>
          </>
        )}
      </p>
      <div class="lead">
        <Meter label="Blocks of this session gone by" value={blocksInto} max={period} />
      </div>
      <Facts>
        <Fact name="Changes at">about {timeText(nextRotationAt - chainTimeAhead.value)}</Fact>
        {current.authorsFrom && (
          <Fact name="Authoring">
            from session {current.authorsFrom.session}, block {count(current.authorsFrom.block)},
            about {timeText(current.authorsFrom.at - chainTimeAhead.value)}
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}
