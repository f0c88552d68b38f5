import {useId} from "preact/hooks";
import {accounts} from "../state/accounts.ts";
import {accountName, WELL_KNOWN_KEYS} from "../text/account-name.ts";

interface AccountFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** An account by address, key or name; those who are known are offered. */
export function AccountField({label, value, onChange}: AccountFieldProps) {
  const id = useId();
  const here = accounts.value.value?.accounts.map(({address}) => address) ?? [];
  const named = here.length > 0 ? here : Object.values(WELL_KNOWN_KEYS).slice(0, DEVELOPERS);
  return (
    <label class="field">
      <span>{label}, an address or a name</span>
      <input
        list={id}
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={event => onChange(event.currentTarget.value.trim())}
      />
      <datalist id={id}>
        {named.map(each => (
          <option key={each} value={accountName(each) ?? each} />
        ))}
      </datalist>
    </label>
  );
}

/** Alice to Ferdie. */
const DEVELOPERS = 6;
