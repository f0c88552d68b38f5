import {Fact, Facts} from "../parts/facts.tsx";
import {Meter} from "../parts/meter.tsx";
import {Hash} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {roundState} from "../state/network.ts";

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
  const {isSlow} = state;
  return (
    <Panel title={`Finality round ${round}`} aside={`voter set ${state.setId}`}>
      <p class="lead">
        {thresholdWeight} of {totalWeight} votes make a block final.{" "}
        {isSlow ? "It has been this round for some seconds." : "This round has just begun."}
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
  if (of.length === 0) return null;
  return (
    <span class="soft">
      missing:{" "}
      {of.map((voter, i) => (
        <span key={voter}>
          {i > 0 && ", "}
          <Hash of={voter} ends={4} />
        </span>
      ))}
    </span>
  );
}
