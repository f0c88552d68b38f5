import {Fact, Facts} from "../parts/facts.tsx";
import {Meter} from "../parts/meter.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {syncProgress} from "../state/network.ts";
import {count} from "../text/short.ts";
import {durationText} from "../text/time.ts";

/** Is it behind, and for how long still? */
export function SyncPanel() {
  const progress = syncProgress.value.value;
  if (progress === undefined) {
    return (
      <Panel title="Catching up">
        <Waiting failure={syncProgress.failure.value} />
      </Panel>
    );
  }
  const {stage, best, target, blocksPerSecond, secondsLeft, waitingFor} = progress;
  return (
    <Panel title="Catching up" aside={stage}>
      <div class="lead">
        <Meter label="Blocks that are here" value={best} max={Math.max(best, target)} />
      </div>
      <Facts>
        <Fact name="Blocks">
          {count(best)} of {count(Math.max(best, target))}
        </Fact>
        {blocksPerSecond !== null && (
          <Fact name="Speed">{blocksPerSecond.toFixed(1)} blocks a second</Fact>
        )}
        {secondsLeft !== null && <Fact name="Left">{durationText(secondsLeft * 1_000)}</Fact>}
        {waitingFor !== null && <Fact name="Waits for">{waitingFor}</Fact>}
      </Facts>
    </Panel>
  );
}
