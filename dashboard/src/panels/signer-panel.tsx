import {useState} from "preact/hooks";
import {Address} from "../parts/names.tsx";
import {Panel} from "../parts/panel.tsx";
import {failureText} from "../rpc/rpc-failure.ts";
import {signer} from "../sign/signer.ts";
import {connectWallet, walletAccounts, walletNames} from "../sign/wallet.ts";
import {wellKnownHere, wellKnownSigner} from "../sign/well-known.ts";
import {chain, isRehearsal} from "../state/chain.ts";
import {accountName} from "../text/account-name.ts";

/** Who signs? Nobody, until somebody is chosen. */
export function SignerPanel() {
  const current = signer.value;
  const [said, setSaid] = useState("");
  const choose = async (uri: string) => {
    try {
      const chosen = await wellKnownSigner(uri);
      if (chosen !== undefined) signer.value = chosen;
      setSaid(
        chosen === undefined ? `${uri} is no path of the development phrase, such as //Alice` : "",
      );
    } catch (error) {
      setSaid(`How addresses are written on this chain is not available: ${failureText(error)}`);
    }
  };
  return (
    <Panel
      title="Who signs"
      aside={
        current === undefined ? (
          "nobody: this page only reads"
        ) : (
          <>
            {accountName(current.address) !== current.name && current.name}{" "}
            <Address of={current.address} />
          </>
        )
      }
    >
      {current === undefined && (
        <p class="lead">Choose an account, and what it can do below becomes possible.</p>
      )}
      <div class="columns wide">
        <Wallets said={setSaid} />
        {isRehearsal(chain.value) && <WellKnown choose={choose} />}
      </div>
      <p role="status">{said}</p>
      {current !== undefined && (
        <button
          type="button"
          class="quiet apart"
          onClick={() => {
            signer.value = undefined;
          }}
        >
          Sign out
        </button>
      )}
    </Panel>
  );
}

function Wallets({said}: {said: (text: string) => void}) {
  const names = walletNames();
  const connect = (name: string) =>
    connectWallet(name).then(
      () => said(""),
      error => said(failureText(error)),
    );
  return (
    <div>
      <h3>With a wallet</h3>
      {names.length === 0 && (
        <p class="soft">
          No wallet extension is in this browser. Each that speaks polkadot-js's interface will do.
        </p>
      )}
      <div class="row">
        {names.map(name => (
          <button key={name} type="button" onClick={() => connect(name)}>
            Connect {name}
          </button>
        ))}
        {walletAccounts.value.map(account => (
          <button
            key={account.address}
            type="button"
            aria-pressed={signer.value?.address === account.address}
            onClick={() => {
              signer.value = account;
            }}
          >
            {account.name}
          </button>
        ))}
      </div>
    </div>
  );
}

function WellKnown({choose}: {choose: (uri: string) => void}) {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const uri = String(new FormData(event.currentTarget as HTMLFormElement).get("uri")).trim();
    choose(uri);
  };
  return (
    <div>
      <h3>With a development account</h3>
      {wellKnownHere.failure.value && (
        <p class="soft">
          Which of them this chain knows could not be read: {wellKnownHere.failure.value}
        </p>
      )}
      <div class="row">
        {wellKnownHere.value.value?.map(uri => (
          <button
            key={uri}
            type="button"
            aria-pressed={signer.value?.name === uri.slice(2)}
            onClick={() => choose(uri)}
          >
            {uri.slice(2)}
          </button>
        ))}
        <form class="row" onSubmit={onSubmit}>
          <label>
            <span class="hidden">Another path</span>
            <input name="uri" placeholder="//Other" size={10} required autocomplete="off" />
          </label>
          <button type="submit">Use</button>
        </form>
      </div>
    </div>
  );
}
