import {useEffect, useState} from "preact/hooks";
import {ACCOUNT_EXPECTED, readAccount} from "../chain/account-text.ts";
import {AccountField} from "../parts/account-field.tsx";
import {Panel} from "../parts/panel.tsx";
import {failureText} from "../rpc/rpc-failure.ts";
import {give} from "../sign/faucet.ts";
import {accounts} from "../state/accounts.ts";
import {chain, isDevelopment} from "../state/chain.ts";
import {currentRuntime} from "../state/current-runtime.ts";
import {amountExample, parseAmount} from "../text/amount.ts";
import {unitName} from "../text/amount-unit.ts";
import {knownText} from "../text/known.ts";

/** For a test that needs somebody with money. */
export function FaucetPanel({to = ""}: {to?: string}) {
  const runtime = currentRuntime.value.value;
  const [dest, setDest] = useState(to);
  const [text, setText] = useState("1000");
  const [said, setSaid] = useState("");
  useEffect(() => setDest(to), [to]);
  const address = runtime && readAccount(dest, runtime);
  const amount = parseAmount(text);
  const hindrance =
    address === undefined
      ? `to whom: ${ACCOUNT_EXPECTED}`
      : amount === undefined || amount === 0n
        ? amountExample()
        : undefined;
  const onClick = async () => {
    try {
      setSaid("Giving …");
      setSaid(await give(address!, amount!));
      void accounts.refresh();
    } catch (error) {
      setSaid(`Not given: ${failureText(error)}`);
    }
  };
  return (
    <Panel
      title="Faucet"
      aside={isDevelopment(chain.value) ? "out of nothing" : "from the richest well-known account"}
    >
      <div class="cards">
        <AccountField label="To" value={dest} onChange={setDest} />
        <label class="field">
          <span>How much, in {knownText(chain.value?.unit, unitName)}</span>
          <input
            inputMode="decimal"
            autocomplete="off"
            value={text}
            onInput={event => setText(event.currentTarget.value.trim())}
          />
        </label>
        <div class="row">
          <button type="button" disabled={hindrance !== undefined} onClick={onClick}>
            Give
          </button>
          {hindrance !== undefined && <span class="soft">{hindrance}</span>}
          <span role="status">{said}</span>
        </div>
      </div>
    </Panel>
  );
}
