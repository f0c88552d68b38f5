import {chooseRange, RANGES, range} from "../state/history.ts";

/** How far back the charts below look. */
export function Ranges() {
  return (
    <fieldset class="ranges">
      <legend class="hidden">How far back</legend>
      {RANGES.map(({name, length}) => (
        <button
          key={name}
          type="button"
          class="quiet"
          aria-pressed={range.value === length}
          onClick={() => chooseRange(length)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

/** The chosen range in a sentence. */
export function rangeText(): string {
  const name = RANGES.find(({length}) => length === range.value)?.name;
  return name === "All" ? "all that is noted" : `the last ${name ?? "hours"}`;
}
