import {useEffect, useState} from "preact/hooks";
import {accountExpected, readAccount} from "../chain/account-text.ts";
import {AccountField} from "../parts/account-field.tsx";
import {AmountField} from "../parts/amount-field.tsx";
import {CallAction} from "../parts/call-action.tsx";
import {Panel} from "../parts/panel.tsx";
import {SignerChoice} from "../parts/signer-choice.tsx";
import {signer} from "../sign/signer.ts";
import {transferCall, transferName} from "../sign/transfer.ts";
import {amountArgument} from "../state/argument.ts";
import {currentRuntime} from "../state/current-runtime.ts";

/** An amount from who signs to somebody else. */
export function TransferPanel({to = ""}: {to?: string}) {
  const runtime = currentRuntime.value.value;
  const [dest, setDest] = useState(to);
  const [text, setText] = useState("");
  useEffect(() => setDest(to), [to]);
  const address = runtime && readAccount(dest, runtime);
  const name = runtime && transferName(runtime);
  const amount = amountArgument(["Balances", name ?? "transfer", "value"], text);
  const isMissing = runtime !== undefined && name === undefined;
  return (
    <Panel title="Transfer" aside={name && `Balances.${name}`}>
      {isMissing ? (
        <p class="soft">This chain has no call that sends an amount.</p>
      ) : (
        <div class="cards">
          <SignerChoice />
          <AccountField label="To" value={dest} onChange={setDest} />
          <AmountField label="Amount" value={text} onChange={setText} />
          <CallAction
            label="Transfer"
            of={[address, text]}
            hindrance={
              signer.value === undefined
                ? "choose who sends it"
                : address === undefined
                  ? `to whom: ${accountExpected(dest)}`
                  : amount.hindrance
            }
            build={() => transferCall(address!, amount.value!)}
          />
        </div>
      )}
    </Panel>
  );
}
