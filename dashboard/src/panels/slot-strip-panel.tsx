import {signal} from "@preact/signals";
import type {SlotRecord} from "../contract/index.ts";
import {BlockLink} from "../parts/names.tsx";
import {NextSlot} from "../parts/next-slot.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {slots} from "../state/collator.ts";
import {OUTCOME_WORDS} from "../text/outcome-words.ts";
import {sentenceOf} from "../text/short.ts";
import {timeText} from "../text/time.ts";

/** The slot that the line under the strip explains; undefined: the newest. */
const chosen = signal<number | undefined>(undefined);

/** What became of this node's slots, one cell each, oldest first as one reads. */
export function SlotStripPanel() {
  const records = slots.value.value;
  const shown = records === undefined ? undefined : [...records].reverse();
  return (
    <Panel title="My slots" aside={<NextSlot />}>
      {shown === undefined ? (
        <Waiting failure={slots.failure.value} />
      ) : shown.length === 0 ? (
        <p class="soft">No slot of this node's has gone by yet.</p>
      ) : (
        <Strip records={shown} />
      )}
    </Panel>
  );
}

function Strip({records}: {records: readonly SlotRecord[]}) {
  const current = records.find(({slot}) => slot === chosen.value) ?? records.at(-1)!;
  const onKeyDown = (event: KeyboardEvent) => {
    const at = records.indexOf(current);
    const to = STEPS[event.key]?.(at, records.length - 1);
    if (to === undefined) return;
    event.preventDefault();
    chosen.value = records[Math.max(0, Math.min(records.length - 1, to))]!.slot;
    const strip = event.currentTarget as HTMLElement;
    requestAnimationFrame(() => strip.querySelector<HTMLElement>("[aria-pressed=true]")?.focus());
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div
        class="strip"
        role="group"
        aria-label="My last slots, oldest first"
        onKeyDown={onKeyDown}
      >
        {records.map(record => (
          <Cell key={record.slot} record={record} isChosen={record === current} />
        ))}
      </div>
      <Reason record={current} />
      <Legend records={records} />
    </>
  );
}

/** The strip is one stop of the keyboard; arrows go from cell to cell. */
const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: at => at - 1,
  ArrowRight: at => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

function Cell({record, isChosen}: {record: SlotRecord; isChosen: boolean}) {
  const {tone, glyph, name} = OUTCOME_WORDS[record.outcome];
  return (
    <button
      type="button"
      class={`cell ${tone}`}
      aria-label={`${timeText(record.at)}: ${name}`}
      aria-pressed={isChosen}
      tabIndex={isChosen ? 0 : -1}
      onClick={() => {
        chosen.value = record.slot;
      }}
    >
      <span aria-hidden="true">{glyph}</span>
    </button>
  );
}

function Reason({record: {slot, at, outcome, block, detail}}: {record: SlotRecord}) {
  const {name, reason} = OUTCOME_WORDS[outcome];
  return (
    <p class="reason">
      <strong>{name}</strong> · slot {slot} · {timeText(at)}
      {block && (
        <>
          {" "}
          · block <BlockLink number={block.number} hash={block.hash} />
        </>
      )}
      <br />
      {reason}
      {detail !== undefined && ` ${sentenceOf(detail)}`}
    </p>
  );
}

/** Only of the signs that are there, with how many. */
function Legend({records}: {records: readonly SlotRecord[]}) {
  const counts = new Map<SlotRecord["outcome"], number>();
  for (const {outcome} of records) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return (
    <ul class="legend" aria-label="Of these slots">
      {[...counts].map(([outcome, count]) => (
        <li key={outcome}>
          <span aria-hidden="true">{OUTCOME_WORDS[outcome].glyph} </span>
          {OUTCOME_WORDS[outcome].name} {count}
        </li>
      ))}
    </ul>
  );
}
