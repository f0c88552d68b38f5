import {useMemo} from "preact/hooks";
import {Chart} from "../charts/chart.tsx";
import {blockTimes, history} from "../charts/history.ts";
import {Panel, Waiting} from "../parts/panel.tsx";
import {status} from "../state/collator.ts";
import {bestHead} from "../state/heads.ts";
import {plural} from "../text/short.ts";

const seconds = (value: number) => `${value.toFixed(1)} s`;
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

/** How often do blocks come, and how full are they? */
export function BlockTimePanel() {
  void bestHead.value;
  const blocks = history.value.value;
  const slotDuration = status.value?.head.slotDuration;
  const times = useMemo(() => blocks && blockTimes(blocks), [blocks, slotDuration]);
  if (times === undefined || times.numbers.length === 0) {
    return (
      <Panel title="Block time and fill">
        {times === undefined ? (
          <Waiting failure={history.failure.value} what="the chain for its last blocks" />
        ) : (
          <p class="soft">There are no two blocks yet to measure from one to the other.</p>
        )}
      </Panel>
    );
  }
  const {numbers, seconds: between, fills} = times;
  const slot = (slotDuration ?? 0) / 1_000;
  const mean = between.reduce((sum, each) => sum + each, 0) / between.length;
  const missed = between.reduce((sum, each) => sum + Math.max(0, Math.round(each / slot) - 1), 0);
  const fullest = Math.max(...fills);
  const words = `A block each ${mean.toFixed(2)} s over the last ${numbers.length}, with slots of ${seconds(slot)}; ${plural(missed, "slot")} went by without one. The fullest used ${percent(fullest)} of ${fullest > 1 ? "the weight that it should have: what is mandatory may go beyond" : "its weight"}.`;
  return (
    <Panel title="Block time and fill">
      <p class="lead">{words}</p>
      <Chart
        label={words}
        x="number"
        data={[numbers, between, fills]}
        series={[
          {label: "Since the block before", colour: "chart-one", kind: "bars", text: seconds},
          {label: "Weight used", colour: "chart-two", scale: "part", text: percent},
        ]}
      />
    </Panel>
  );
}
