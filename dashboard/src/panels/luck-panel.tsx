import {LuckBar} from "../charts/luck-bar.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {status} from "../state/collator.ts";
import {UNKNOWN} from "../text/known.ts";
import {plural} from "../text/short.ts";

/** Does it make its share, or is what is missing more than bad luck? */
export function LuckPanel() {
  const production = status.value?.production;
  if (production === undefined) {
    return (
      <Panel title="Share of this session's blocks">
        <Waiting failure={status.failure.value} />
      </Panel>
    );
  }
  const {turns, made, expected, low, high} = production;
  if (turns === null || made === null || expected === null || low === null || high === null) {
    return (
      <Panel title="Share of this session's blocks" aside={UNKNOWN}>
        <p class="lead">
          {made === null || turns === null
            ? "How many of its turns became blocks is unknown, and so is its share."
            : `${plural(made, "block")} made in ${plural(turns, "slot")} of mine; its share is ${UNKNOWN}.`}
        </p>
      </Panel>
    );
  }
  // Whose slot passed without a block had no bad luck.
  const missed = turns - made;
  const verdict =
    missed > 0
      ? `${plural(missed, "slot")} of mine missed`
      : expected === 0
        ? "none expected"
        : made + 1 < low
          ? "below luck"
          : made > high + 1
            ? "above luck"
            : "as expected";
  return (
    <Panel title="Share of this session's blocks" aside={verdict}>
      {expected === 0 ? (
        <p class="lead">No block of this session was to be expected of it yet.</p>
      ) : (
        <>
          <p class="lead">
            {plural(made, "block")} made in {plural(turns, "slot")} of mine; its share is{" "}
            {expected.toFixed(1)}, and luck allows {Math.max(0, low).toFixed(0)} to{" "}
            {high.toFixed(0)}.
          </p>
          <LuckBar made={made} expected={expected} low={low} high={high} />
        </>
      )}
      <p class="soft">
        <a href="#/trends">Over time, with rewards</a>
      </p>
    </Panel>
  );
}
