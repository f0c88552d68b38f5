import {useMemo} from "preact/hooks";
import {Chart} from "../charts/chart.tsx";
import {drawnRange, lagLine} from "../charts/over-time.ts";
import {Panel, Waiting} from "../parts/panel.tsx";
import {rangeText} from "../parts/ranges.tsx";
import {collatorHistory} from "../state/history.ts";
import {plural} from "../text/short.ts";
import {durationText, timeText} from "../text/time.ts";

/** Does finality keep up? */
export function FinalityLagPanel() {
  const history = collatorHistory.value.value;
  const line = useMemo(() => history && lagLine(history.lag), [history]);
  if (history === undefined || line === undefined) {
    return (
      <Panel title="Finality lag">
        <Waiting failure={collatorHistory.failure.value} />
      </Panel>
    );
  }
  const {points, since, step} = history.lag;
  const most = Math.max(0, ...points.map(each => each.most));
  const now = points.at(-1)?.last;
  const words =
    now === undefined
      ? "Nothing was noted yet."
      : `${plural(now, "block")} behind the head now, ${most} at most in ${rangeText()}.`;
  const isShort = since !== null && since > history.from;
  return (
    <Panel title="Finality lag">
      <p class="lead">
        {words}
        {isShort && (
          <span class="soft"> The node has noted it since {timeText(since, history.to)}.</span>
        )}
      </p>
      {points.length === 1 && <p class="soft">A line takes two points, and there is one yet.</p>}
      {points.length > 1 && (
        <Chart
          label={words}
          x="time"
          within={drawnRange(history, since, step)}
          data={[line.times, line.lags]}
          series={[
            {
              label: `Blocks behind, most in ${durationText(step)}`,
              colour: "chart-one",
              kind: "steps",
              unit: "whole",
              total: `${most} at most`,
            },
          ]}
        />
      )}
    </Panel>
  );
}
