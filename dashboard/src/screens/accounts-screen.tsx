import {AccountPanel, useWrittenAccount} from "../panels/account-panel.tsx";
import {AccountsPanel} from "../panels/accounts-panel.tsx";
import {FaucetPanel} from "../panels/faucet-panel.tsx";
import {FollowedPanel} from "../panels/followed-panel.tsx";
import {HappeningsPanel} from "../panels/happenings-panel.tsx";
import {TransferPanel} from "../panels/transfer-panel.tsx";
import {chain, isRehearsal} from "../state/chain.ts";
import {accountName} from "../text/account-name.ts";
import type {ScreenProps} from "./index.ts";

/** Who is there, with what; one of them, and what it did; and how something comes to somebody. */
export function AccountsScreen({detail}: ScreenProps) {
  return detail === "" ? (
    <>
      <h1 class="hidden">Accounts</h1>
      <AccountsPanel />
      <Moves />
    </>
  ) : (
    <AccountPage written={detail} />
  );
}

function Moves({to = ""}: {to?: string}) {
  return (
    <>
      <div class="columns wide">
        <TransferPanel to={to} />
        {isRehearsal(chain.value) && <FaucetPanel to={to} />}
      </div>
      <FollowedPanel />
    </>
  );
}

function AccountPage({written}: {written: string}) {
  const {address, failure} = useWrittenAccount(written);
  if (address === undefined) {
    return (
      <p class={failure === undefined ? "soft" : "note bad"}>
        {failure ?? "Asking how addresses are written here …"}
      </p>
    );
  }
  return (
    <>
      <h1 class="hidden">Account {accountName(address) ?? address}</h1>
      <p>
        <a href="#/accounts">All accounts</a>
      </p>
      <AccountPanel address={address} />
      <HappeningsPanel
        title="What it sent, and events that name it"
        wanted={{account: address}}
        none="Nothing in these blocks."
      />
      <Moves to={accountName(address) ?? address} />
    </>
  );
}
