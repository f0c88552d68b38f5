import {useEffect, useState} from "preact/hooks";
import {ACCOUNT_EXPECTED, readAccount} from "../chain/account-text.ts";
import {AccountField} from "../parts/account-field.tsx";
import {CallAction} from "../parts/call-action.tsx";
import {Panel} from "../parts/panel.tsx";
import {SignerChoice} from "../parts/signer-choice.tsx";
import {signer} from "../sign/signer.ts";
import {transferCall, transferName} from "../sign/transfer.ts";
import {chain} from "../state/chain.ts";
import {currentRuntime} from "../state/current-runtime.ts";
import {amountExample, parseAmount} from "../text/amount.ts";
import {unitName} from "../text/amount-unit.ts";
import {knownText} from "../text/known.ts";

/** An amount from who signs to somebody else. */
export function TransferPanel({to = ""}: {to?: string}) {
  const runtime = currentRuntime.value.value;
  const [dest, setDest] = useState(to);
  const [text, setText] = useState("");
  useEffect(() => setDest(to), [to]);
  const address = runtime && readAccount(dest, runtime);
  const amount = parseAmount(text);
  const name = runtime && transferName(runtime);
  const isMissing = runtime !== undefined && name === undefined;
  return (
    <Panel title="Transfer" aside={name && `Balances.${name}`}>
      {isMissing ? (
        <p class="soft">This chain has no call that sends an amount.</p>
      ) : (
        <div class="cards">
          <SignerChoice />
          <AccountField label="To" value={dest} onChange={setDest} />
          <label class="field">
            <span>Amount in {knownText(chain.value?.unit, unitName)}</span>
            <input
              inputMode="decimal"
              autocomplete="off"
              value={text}
              onInput={event => setText(event.currentTarget.value.trim())}
            />
          </label>
          <CallAction
            label="Transfer"
            hindrance={
              signer.value === undefined
                ? "choose who sends it"
                : address === undefined
                  ? `to whom: ${ACCOUNT_EXPECTED}`
                  : amount === undefined
                    ? amountExample()
                    : undefined
            }
            build={() => transferCall(address!, amount!)}
          />
        </div>
      )}
    </Panel>
  );
}
