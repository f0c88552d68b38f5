import {useId} from "preact/hooks";
import {type Draft, expectedText, readDraft, type TextShape} from "../call-form/index.ts";
import type {ChainRuntime} from "../chain/runtime.ts";
import {chain} from "../state/chain.ts";
import {SMALLEST_UNIT} from "../text/amount-unit.ts";
import {AccountField} from "./account-field.tsx";

interface LineFieldProps {
  readonly shape: TextShape;
  readonly label: string;
  /** What the runtime's source calls its type. */
  readonly hint?: string | undefined;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly runtime: ChainRuntime;
}

/** A value that is written in one line, with what it takes where it is refused. */
export function LineField(props: LineFieldProps) {
  const {shape, label, hint, draft, onChange, runtime} = props;
  const id = useId();
  const text = draft.kind === "text" ? draft.text : "";
  const unit = chain.value?.unit ?? SMALLEST_UNIT;
  const set = (changed: string) => onChange({kind: "text", text: changed});
  const expected = expectedText(shape, unit);
  const read = readDraft(shape, draft, {runtime, unit});
  const wrong = text !== "" && !read.ok ? read.expected : undefined;
  if (shape.is === "account") {
    return (
      <div>
        <AccountField label={label} value={text} onChange={set} />
        {wrong && <p class="refused">It takes {wrong}.</p>}
      </div>
    );
  }
  return (
    <div>
      <label class="field">
        <span>
          {label}
          {shape.is === "amount" && ` in ${unit.symbol}`}{" "}
          {hint !== undefined && <span class="mono">{hint}</span>}
        </span>
        <input
          autocomplete="off"
          spellcheck={false}
          value={text}
          placeholder={expected}
          aria-invalid={wrong !== undefined}
          aria-describedby={wrong ? id : undefined}
          onInput={event => set(event.currentTarget.value)}
        />
      </label>
      {wrong && (
        <p class="refused" id={id}>
          It takes {wrong}.
        </p>
      )}
    </div>
  );
}
