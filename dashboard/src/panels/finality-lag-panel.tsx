import {useMemo} from "preact/hooks";
import {Chart} from "../charts/chart.tsx";
import {lags} from "../charts/lag-history.ts";
import {Panel, Waiting} from "../parts/panel.tsx";
import {status} from "../state/collator.ts";
import {plural} from "../text/short.ts";

/** Does finality keep up? */
export function FinalityLagPanel() {
  const list = lags.value;
  const data = useMemo(() => [list.map(({at}) => at / 1_000), list.map(({lag}) => lag)], [list]);
  const most = Math.max(0, ...list.map(({lag}) => lag));
  const words =
    list.length === 0
      ? "Nothing was seen yet."
      : `${plural(list.at(-1)!.lag, "block")} behind the head now, ${most} at most since this page looks.`;
  return (
    <Panel title="Finality lag">
      {list.length === 0 && status.failure.value !== undefined ? (
        <Waiting failure={status.failure.value} />
      ) : (
        <p class="lead">{words}</p>
      )}
      {list.length > 1 && (
        <Chart
          label={words}
          x="time"
          data={data}
          series={[{label: "Blocks behind", colour: "chart-one", kind: "steps", unit: "whole"}]}
        />
      )}
    </Panel>
  );
}
