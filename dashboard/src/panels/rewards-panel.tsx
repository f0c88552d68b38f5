import {useMemo} from "preact/hooks";
import {Chart} from "../charts/chart.tsx";
import type {BlockReward} from "../contract/index.ts";
import {Panel, Waiting} from "../parts/panel.tsx";
import {rewards, status} from "../state/collator.ts";
import {amountNumber, amountText} from "../text/amount.ts";
import {saveCsv} from "../text/save-csv.ts";
import {plural} from "../text/short.ts";

/** What does it bring? */
export function RewardsPanel() {
  const list = rewards.value.value;
  const account = status.value?.account;
  const data = useMemo(() => {
    const oldest = [...(list ?? [])].reverse();
    return [oldest.map(({number}) => number), oldest.map(({amount}) => amountNumber(amount))];
  }, [list]);
  if (list === undefined) {
    return (
      <Panel title="Rewards">
        <Waiting failure={rewards.failure.value} />
      </Panel>
    );
  }
  const sum = list.reduce((total, {amount}) => total + BigInt(amount), 0n);
  const words =
    list.length === 0
      ? "No block of this account's among the last 1,000."
      : sum === 0n
        ? `Nothing for ${plural(list.length, "block")} of the last 1,000. The pot holds ${amountText(list[0]!.potAfter)}.`
        : `${amountText(sum)} for ${plural(list.length, "block")} of the last 1,000: ${amountText(sum / BigInt(list.length))} each. The pot holds ${amountText(list[0]!.potAfter)}.`;
  return (
    <Panel
      title="Rewards"
      aside={
        list.length > 0 && (
          <button
            type="button"
            class="quiet"
            onClick={() => saveCsv(`rewards-${account}.csv`, rowsOf(list))}
          >
            Save as CSV
          </button>
        )
      }
    >
      <p class="lead">{words}</p>
      {list.length > 1 && sum > 0n && (
        <Chart
          label={words}
          x="number"
          data={data}
          series={[{label: "Reward", colour: "chart-one", kind: "bars"}]}
        />
      )}
    </Panel>
  );
}

const rowsOf = (list: readonly BlockReward[]): readonly (readonly string[])[] => [
  ["block", "time", "reward", "pot before", "pot after", "hash"],
  ...list.map(({number, at, amount, potBefore, potAfter, hash}) => [
    String(number),
    new Date(at).toISOString(),
    amount,
    potBefore,
    potAfter,
    hash,
  ]),
];
