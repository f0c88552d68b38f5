import {useMemo} from "preact/hooks";
import {Chart} from "../charts/chart.tsx";
import {drawnRange, slotBars} from "../charts/over-time.ts";
import type {CollatorHistory} from "../contract/index.ts";
import {Panel, Waiting} from "../parts/panel.tsx";
import {rangeText} from "../parts/ranges.tsx";
import {collatorHistory} from "../state/history.ts";
import {OUTCOME_WORDS} from "../text/outcome-words.ts";
import {count, plural} from "../text/short.ts";
import {durationText, timeText} from "../text/time.ts";

type Bucket = CollatorHistory["slots"]["buckets"][number];

/** Did it make its blocks, over hours and days? */
export function OwnSlotsPanel() {
  const history = collatorHistory.value.value;
  const bars = useMemo(() => history && slotBars(history.slots), [history]);
  if (history === undefined || bars === undefined) {
    return (
      <Panel title="My slots over time">
        <Waiting failure={collatorHistory.failure.value} />
      </Panel>
    );
  }
  const {buckets, since, step} = history.slots;
  const made = sumOf(buckets, each => each.made);
  const missed = sumOf(buckets, each => each.missed);
  const words =
    buckets.length === 0
      ? `No slot of this node's in ${rangeText()}.`
      : `${count(made)} of ${plural(made + missed, "slot")} made in ${rangeText()}${missed === 0 ? "" : `, ${count(missed)} missed: ${reasonsOf(buckets)}`}.`;
  return (
    <Panel title="My slots over time">
      <p class="lead">
        {words}
        <span class="soft"> {sinceWords(since, history)}</span>
      </p>
      {buckets.length > 0 && (
        <Chart
          label={words}
          x="time"
          within={drawnRange(history, since, step)}
          data={[bars.times, bars.all, bars.made]}
          series={[
            {
              label: `Missed, in ${durationText(step)} each`,
              colour: "chart-two",
              kind: "bars",
              unit: "whole",
              total: `${count(missed)} in all`,
              text: (_, index) => String(buckets[index]?.missed ?? 0),
            },
            {
              label: "Made",
              colour: "chart-one",
              kind: "bars",
              unit: "whole",
              total: `${count(made)} in all`,
            },
          ]}
        />
      )}
    </Panel>
  );
}

const sumOf = (buckets: readonly Bucket[], of: (bucket: Bucket) => number): number =>
  buckets.reduce((sum, bucket) => sum + of(bucket), 0);

/** Those that cost the most first. */
function reasonsOf(buckets: readonly Bucket[]): string {
  const counts = new Map<keyof typeof OUTCOME_WORDS, number>();
  for (const {reasons} of buckets) {
    for (const [reason, many] of Object.entries(reasons)) {
      const outcome = reason as keyof typeof OUTCOME_WORDS;
      counts.set(outcome, (counts.get(outcome) ?? 0) + many);
    }
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([outcome, many]) => `${OUTCOME_WORDS[outcome].name} ${count(many)}`)
    .join(", ");
}

function sinceWords(since: number | null, {from, to}: CollatorHistory): string {
  if (since === null) return "None has gone by since the node began to note them.";
  return since > from ? `The oldest one that is noted was at ${timeText(since, to)}.` : "";
}
