import {useMemo} from "preact/hooks";
import {Chart} from "../charts/chart.tsx";
import {lags} from "../charts/lag-history.ts";
import {Panel} from "../parts/panel.tsx";
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
      <p class="lead">{words}</p>
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
