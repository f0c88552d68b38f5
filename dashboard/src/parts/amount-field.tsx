import {chain} from "../state/chain.ts";
import {unitName} from "../text/amount-unit.ts";
import {knownText} from "../text/known.ts";

interface AmountFieldProps {
  readonly label: string;
  /** What else is told of it. */
  readonly aside?: string;
  readonly name?: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** An amount, in the chain's unit. */
export function AmountField({label, aside = "", name, value, onChange}: AmountFieldProps) {
  return (
    <label class="field">
      <span>
        {label} in {knownText(chain.value?.unit, unitName)}
        {aside}
      </span>
      <input
        name={name}
        inputMode="decimal"
        autocomplete="off"
        value={value}
        onInput={event => onChange(event.currentTarget.value.trim())}
      />
    </label>
  );
}
