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
  const times = useMemo(() => blocks && blockTimes(blocks), [blocks]);
  if (blocks === undefined || times === undefined || slotDuration === undefined) {
    return (
      <Panel title="Block time and fill">
        <Waiting
          failure={history.failure.value ?? status.failure.value}
          what="the chain for its last blocks"
        />
      </Panel>
    );
  }
  if (times.numbers.length === 0) {
    return (
      <Panel title="Block time and fill">
        <p class="soft">
          {blocks.length < 2
            ? "There are no two blocks yet to measure from one to the other."
            : "How often blocks come is unknown: they do not say of which slot they are."}
        </p>
      </Panel>
    );
  }
  const {numbers, slots, seconds: between, fills} = times;
  const mean = between.reduce((sum, each) => sum + each, 0) / between.length;
  const missed = slots.reduce((sum, each) => sum + Math.max(0, each - 1), 0);
  const words = `A block each ${mean.toFixed(2)} s over the last ${numbers.length}, with slots of ${seconds(slotDuration / 1_000)}; ${plural(missed, "slot")} went by without one. ${fillWords(fills)}`;
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

function fillWords(fills: readonly (number | null)[]): string {
  const known = fills.filter(fill => fill !== null);
  if (known.length === 0) return "How full they were is unknown: the chain does not publish it.";
  const fullest = Math.max(...known);
  return `The fullest used ${percent(fullest)} of ${fullest > 1 ? "the weight that it should have: what is mandatory may go beyond" : "its weight"}.`;
}
