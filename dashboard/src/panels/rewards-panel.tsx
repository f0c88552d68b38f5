import {useMemo} from "preact/hooks";
import {Chart} from "../charts/chart.tsx";
import {drawnRange, rewardBars, stepFor} from "../charts/over-time.ts";
import type {BlockReward} from "../contract/index.ts";
import {Panel, Waiting} from "../parts/panel.tsx";
import {chain} from "../state/chain.ts";
import {status} from "../state/collator.ts";
import {collatorHistory, type Rewards, rewards} from "../state/history.ts";
import {amountNumber, amountText} from "../text/amount.ts";
import {UNKNOWN} from "../text/known.ts";
import {saveCsv} from "../text/save-csv.ts";
import {count, plural} from "../text/short.ts";
import {durationText} from "../text/time.ts";

/** What does it bring? */
export function RewardsPanel() {
  const answer = rewards.value.value;
  const list = answer?.list;
  const account = status.value?.account;
  const unit = chain.value?.unit;
  const history = collatorHistory.value.value;
  const oldest = list?.at(-1)?.at;
  const step =
    history && stepFor(oldest === undefined ? 0 : history.to - oldest, history.slots.step);
  const bars = useMemo(
    () => (step === undefined ? undefined : rewardBars(list ?? [], step, amountNumber)),
    [list, unit, step],
  );
  if (answer === undefined || list === undefined) {
    return (
      <Panel title="Rewards">
        <Waiting failure={rewards.failure.value} />
      </Panel>
    );
  }
  const known = list.flatMap(({amount}) => (amount === null ? [] : [BigInt(amount)]));
  const sum = known.reduce((total, amount) => total + amount, 0n);
  const words = list.length === 0 ? noneText(answer, account) : wordsFor(answer, known.length, sum);
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
      {sum > 0n && unit !== undefined && bars !== undefined && history !== undefined && (
        <Chart
          label={words}
          x="time"
          within={drawnRange({from: answer.from, to: history.to}, list.at(-1)!.at, step)}
          data={[bars.times, bars.sums]}
          series={[
            {
              label: `Rewards in ${unit.symbol}, in ${durationText(step ?? history.slots.step)} each`,
              colour: "chart-one",
              kind: "bars",
              total: `${amountText(sum)} in all`,
            },
          ]}
        />
      )}
    </Panel>
  );
}

function noneText({areAuthorsKnown, blocks}: Rewards, account: string | null | undefined): string {
  if (account === null) return "No account is known whose rewards these would be.";
  return areAuthorsKnown
    ? `No block of this account's among the ${count(blocks)} that were looked through, as far as their states are kept.`
    : `What it brings is ${UNKNOWN}: this chain does not say whose blocks are whose.`;
}

function wordsFor({list, blocks: looked}: Rewards, known: number, sum: bigint): string {
  const most = count(looked);
  const blocks = plural(list.length, "block");
  const {potAfter} = list[0]!;
  const pot =
    potAfter === null
      ? `What the pot holds is ${UNKNOWN}.`
      : `The pot holds ${amountText(potAfter)}.`;
  if (known === 0) return `What ${blocks} of the last ${most} brought is ${UNKNOWN}. ${pot}`;
  const some =
    known === list.length
      ? blocks
      : `${plural(known, "block")}, unknown for the rest of ${blocks},`;
  return sum === 0n
    ? `Nothing for ${some} of the last ${most}. ${pot}`
    : `${amountText(sum)} for ${some} of the last ${most}: ${amountText(sum / BigInt(known))} each. ${pot}`;
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
