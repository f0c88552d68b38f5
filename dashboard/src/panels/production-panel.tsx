import {useMemo} from "preact/hooks";
import {Chart} from "../charts/chart.tsx";
import {history, shareOf} from "../charts/history.ts";
import {Panel, Waiting} from "../parts/panel.tsx";
import {status} from "../state/collator.ts";
import {bestHead} from "../state/heads.ts";
import {plural} from "../text/short.ts";

const one = (value: number) => value.toFixed(1);

/** Does this account make its share of the blocks? */
export function ProductionPanel() {
  void bestHead.value;
  const blocks = history.value.value;
  const account = status.value?.account ?? undefined;
  const share = useMemo(
    () => (blocks === undefined || account === undefined ? undefined : shareOf(blocks, account)),
    [blocks, account],
  );
  if (share === undefined) {
    return (
      <Panel title="Production against the expected share">
        {account === undefined && status.value !== undefined ? (
          <p class="soft">No account is known whose share it would be.</p>
        ) : (
          <Waiting
            failure={history.failure.value ?? status.failure.value}
            what="the chain for its last blocks"
          />
        )}
      </Panel>
    );
  }
  if (share.numbers.length === 0) {
    return (
      <Panel title="Production against the expected share">
        <p class="soft">There is no block yet of which it is known whose turn it was.</p>
      </Panel>
    );
  }
  const {numbers, made, expected, low, high} = share;
  const last = <T,>(list: readonly T[]) => list.at(-1);
  const isIdle = last(expected) === 0 && last(made) === 0;
  const words = isIdle
    ? `This account took no turns in the last ${plural(numbers.length, "block")}.`
    : `${last(made) ?? 0} of the last ${plural(numbers.length, "block")} ${last(made) === 1 ? "is" : "are"} this account's; its share is ${one(last(expected) ?? 0)}, and luck allows ${one(last(low) ?? 0)} to ${one(last(high) ?? 0)}.`;
  return (
    <Panel title="Production against the expected share">
      <p class="lead">{words}</p>
      {!isIdle && (
        <Chart
          label={words}
          x="number"
          data={[numbers, high, low, expected, made]}
          band={[1, 2]}
          series={[
            {label: "Luck, most", colour: "line-strong", kind: "edge", text: one},
            {label: "Luck, least", colour: "line-strong", kind: "edge", text: one},
            {label: "Expected", colour: "soft", kind: "dashed", text: one},
            {label: "Made", colour: "chart-one"},
          ]}
        />
      )}
    </Panel>
  );
}
