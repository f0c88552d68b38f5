import type {AccountInfo} from "../chain/account-info.ts";
import {Known} from "../parts/known.tsx";
import {Address} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {accounts, mostAccounts, PAGE, rolesOf} from "../state/accounts.ts";
import {collatorSet} from "../state/collator.ts";
import {sudoKey} from "../state/sudo-key.ts";
import {amountText} from "../text/amount.ts";
import {count, plural} from "../text/short.ts";

/** Who is on this chain, and what do they have? */
export function AccountsPanel() {
  // Looked at here so that they are open while roles are shown.
  void collatorSet.value.value;
  void sudoKey.value.value;
  const known = accounts.value.value;
  if (known === undefined) {
    return (
      <Panel title="Accounts">
        <Waiting failure={accounts.failure.value} what="the chain for its accounts" />
      </Panel>
    );
  }
  if (!known.isPublished) {
    return (
      <Panel title="Accounts">
        <p class="soft">Who they are is unknown: this chain does not publish its accounts.</p>
      </Panel>
    );
  }
  const {accounts: list, isCut} = known;
  const more = () => {
    mostAccounts.value += PAGE;
    void accounts.refresh();
  };
  return (
    <Panel
      title="Accounts"
      aside={isCut ? `${count(list.length)} of more` : plural(list.length, "account")}
    >
      <Table
        caption="Accounts with their balances"
        columns={["Account", "#Free", "Role", "#Reserved", "#Frozen", "#Nonce"]}
      >
        {list.map(account => (
          <Row key={account.address} account={account} />
        ))}
      </Table>
      {isCut && (
        <button type="button" class="apart" onClick={more}>
          Show {PAGE} more
        </button>
      )}
    </Panel>
  );
}

function Row({account: {address, free, reserved, frozen, nonce}}: {account: AccountInfo}) {
  return (
    <tr>
      <th scope="row">
        <Address of={address} />
      </th>
      <Amount of={free} />
      <td>{rolesOf(address).join(", ")}</td>
      <Amount of={reserved} />
      <Amount of={frozen} />
      <td class="number">
        <Known value={nonce}>{count}</Known>
      </td>
    </tr>
  );
}

/** Nothing is written as little as it is. */
function Amount({of}: {of: bigint | undefined}) {
  return (
    <td class="number nowrap">
      <Known value={of}>
        {amount => (amount === 0n ? <span class="soft">0</span> : amountText(amount))}
      </Known>
    </td>
  );
}
