import {Badge} from "../parts/badge.tsx";
import {Fact, Facts} from "../parts/facts.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {status} from "../state/collator.ts";
import {processStatus} from "../state/process.ts";
import {bytesText} from "../text/short.ts";
import {durationText} from "../text/time.ts";

/** Of a slot: a process that is later than this loses blocks to it. */
const TOO_LATE = 0.2;

/** Does the machine give the node what it needs? */
export function ProcessPanel() {
  const current = processStatus.value.value;
  const slot = status.value?.head.slotDuration;
  if (current === undefined) {
    return (
      <Panel title="Process">
        <Waiting failure={processStatus.failure.value} />
      </Panel>
    );
  }
  const {uptime, cpuSeconds, memory, lateness, platform} = current;
  const isLate = lateness !== undefined && slot !== undefined && lateness.worst > slot * TOO_LATE;
  return (
    <Panel
      title="Process"
      aside={
        lateness && <Badge tone={isLate ? "waiting" : "good"}>{isLate ? "busy" : "punctual"}</Badge>
      }
    >
      <Facts>
        <Fact name="Running for">{durationText(uptime)}</Fact>
        <Fact name="Memory">
          {bytesText(memory.resident)}, of it JavaScript {bytesText(memory.heap)}, buffers{" "}
          {bytesText(memory.buffers)}
        </Fact>
        <Fact name="Processor">
          {((cpuSeconds * 100_000) / uptime).toFixed(0)} % of one core since the start
        </Fact>
        <Fact name="Turns late">
          {lateness === undefined ? (
            <span class="soft">measuring</span>
          ) : (
            `${lateness.mean} ms on average, 99 of 100 below ${lateness.ninetyNinth} ms, ${lateness.worst} ms at worst`
          )}
        </Fact>
        <Fact name="On">{platform}</Fact>
      </Facts>
    </Panel>
  );
}
