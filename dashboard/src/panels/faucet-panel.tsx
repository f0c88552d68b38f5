import {useEffect, useState} from "preact/hooks";
import {accountExpected, readAccount} from "../chain/account-text.ts";
import {AccountField} from "../parts/account-field.tsx";
import {AmountField} from "../parts/amount-field.tsx";
import {Panel} from "../parts/panel.tsx";
import {failureText} from "../rpc/rpc-failure.ts";
import {give} from "../sign/faucet.ts";
import {transferName} from "../sign/transfer.ts";
import {accounts} from "../state/accounts.ts";
import {amountArgument} from "../state/argument.ts";
import {chain, isDevelopment} from "../state/chain.ts";
import {currentRuntime} from "../state/current-runtime.ts";

/** For a test that needs somebody with money. */
export function FaucetPanel({to = ""}: {to?: string}) {
  const runtime = currentRuntime.value.value;
  const [dest, setDest] = useState(to);
  const [text, setText] = useState("1000");
  const [said, setSaid] = useState("");
  useEffect(() => setDest(to), [to]);
  const address = runtime && readAccount(dest, runtime);
  const {value: amount, hindrance: amountHindrance} = amountArgument(
    ["Balances", (runtime && transferName(runtime)) ?? "transfer", "value"],
    text,
  );
  const hindrance =
    address === undefined
      ? `to whom: ${accountExpected(dest)}`
      : amount === 0n
        ? "more than nothing"
        : amountHindrance;
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
        <AmountField label="How much," value={text} onChange={setText} />
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
