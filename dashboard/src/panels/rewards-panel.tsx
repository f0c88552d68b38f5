import {useMemo} from "preact/hooks";
import {Chart} from "../charts/chart.tsx";
import type {BlockReward} from "../contract/index.ts";
import {Panel, Waiting} from "../parts/panel.tsx";
import {chain} from "../state/chain.ts";
import {type Rewards, rewards, status} from "../state/collator.ts";
import {amountNumber, amountText} from "../text/amount.ts";
import {UNKNOWN} from "../text/known.ts";
import {saveCsv} from "../text/save-csv.ts";
import {plural} from "../text/short.ts";

/** What does it bring? */
export function RewardsPanel() {
  const answer = rewards.value.value;
  const list = answer?.list;
  const account = status.value?.account;
  const unit = chain.value?.unit;
  const data = useMemo(() => {
    const oldest = [...(list ?? [])].reverse();
    return [
      oldest.map(({number}) => number),
      oldest.map(({amount}) => (amount === null ? null : amountNumber(amount))),
    ];
  }, [list, unit]);
  if (answer === undefined || list === undefined) {
    return (
      <Panel title="Rewards">
        <Waiting failure={rewards.failure.value} />
      </Panel>
    );
  }
  const known = list.flatMap(({amount}) => (amount === null ? [] : [BigInt(amount)]));
  const sum = known.reduce((total, amount) => total + amount, 0n);
  const words = list.length === 0 ? noneText(answer, account) : wordsFor(list, known.length, sum);
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
      {list.length > 1 && sum > 0n && unit !== undefined && (
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

function noneText({areAuthorsKnown}: Rewards, account: string | null | undefined): string {
  if (account === null) return "No account is known whose rewards these would be.";
  return areAuthorsKnown
    ? "No block of this account's among the last 1,000."
    : `What it brings is ${UNKNOWN}: this chain does not say whose blocks are whose.`;
}

function wordsFor(list: readonly BlockReward[], known: number, sum: bigint): string {
  const blocks = plural(list.length, "block");
  const {potAfter} = list[0]!;
  const pot =
    potAfter === null
      ? `What the pot holds is ${UNKNOWN}.`
      : `The pot holds ${amountText(potAfter)}.`;
  if (known === 0) return `What ${blocks} of the last 1,000 brought is ${UNKNOWN}. ${pot}`;
  const some =
    known === list.length
      ? blocks
      : `${plural(known, "block")}, unknown for the rest of ${blocks},`;
  return sum === 0n
    ? `Nothing for ${some} of the last 1,000. ${pot}`
    : `${amountText(sum)} for ${some} of the last 1,000: ${amountText(sum / BigInt(known))} each. ${pot}`;
}

const rowsOf = (list: readonly BlockReward[]): readonly (readonly string[])[] => [
  ["block", "time", "reward", "pot before", "pot after", "hash"],
  ...list.map(({number, at, amount, potBefore, potAfter, hash}) => [
    String(number),
    new Date(at).toISOString(),
    amount ?? "",
    potBefore ?? "",
    potAfter ?? "",
    hash,
  ]),
];
