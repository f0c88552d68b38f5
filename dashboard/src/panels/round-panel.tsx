import {Fact, Facts} from "../parts/facts.tsx";
import {Meter} from "../parts/meter.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Voters} from "../parts/voters.tsx";
import {status} from "../state/collator.ts";
import {roundState} from "../state/network.ts";
import {plural} from "../text/short.ts";
import {durationText} from "../text/time.ts";

/** Milliseconds: votes of a round that lasts no longer are on their way. */
const SLOW = 5_000;

/** Whose votes are in, and whose are missing. */
export function RoundPanel() {
  const state = roundState.value.value;
  if (state === undefined) {
    return (
      <Panel title="Finality round">
        <Waiting failure={roundState.failure.value} />
      </Panel>
    );
  }
  const {round, totalWeight, thresholdWeight, prevotes, precommits} = state.best;
  const {age} = state;
  const isSlow = age !== null && age >= SLOW;
  return (
    <Panel title={`Finality round ${round}`} aside={`voter set ${state.setId}`}>
      <p class="lead">
        {thresholdWeight} of {plural(totalWeight, "vote")}{" "}
        {thresholdWeight === 1 ? "makes" : "make"} a block final.{" "}
        {age === null
          ? "This node has not begun to vote."
          : `It has been this round for ${durationText(age)}.`}
      </p>
      <Facts>
        <Fact name="Prevotes">
          {prevotes.currentWeight}
          <Meter label="Prevotes" value={prevotes.currentWeight} max={totalWeight} />
          {isSlow && <Missing of={prevotes.missing} />}
        </Fact>
        <Fact name="Precommits">
          {precommits.currentWeight}
          <Meter label="Precommits" value={precommits.currentWeight} max={totalWeight} />
          {isSlow && <Missing of={precommits.missing} />}
        </Fact>
      </Facts>
    </Panel>
  );
}

function Missing({of}: {of: readonly string[]}) {
  const named = status.value?.head.missingVoters ?? [];
  if (of.length === 0) return null;
  const voters = of.map(key => named.find(each => each.key === key) ?? {key, account: null});
  return (
    <span class="soft">
      missing: <Voters of={voters} />
    </span>
  );
}
