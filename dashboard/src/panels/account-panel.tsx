import {useEffect, useState} from "preact/hooks";
import {type AccountInfo, accountsAt, hasAccounts} from "../chain/account-info.ts";
import {accountExpected, readAccount} from "../chain/account-text.ts";
import {registeredKeys} from "../chain/registered-keys.ts";
import {runtimeAt} from "../chain/runtime.ts";
import {Fact, Facts} from "../parts/facts.tsx";
import {Known} from "../parts/known.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {whenChanges} from "../rpc/cadence.ts";
import {node} from "../rpc/node.ts";
import {failureText} from "../rpc/rpc-failure.ts";
import {rolesOf} from "../state/accounts.ts";
import {collatorSet} from "../state/collator.ts";
import {bestHead} from "../state/heads.ts";
import {sudoKey} from "../state/sudo-key.ts";
import {publicKeyOf} from "../text/account.ts";
import {accountName} from "../text/account-name.ts";
import {amountText} from "../text/amount.ts";
import {count} from "../text/short.ts";

type Keys = Awaited<ReturnType<typeof registeredKeys>>;

interface Found {
  readonly info: AccountInfo | undefined;
  readonly keys: Keys;
}

/** An account in the best block, read again as blocks come. */
function useAccount(address: string): {found?: Found; failure?: string} {
  const [state, setState] = useState<{of?: string; found?: Found; failure?: string}>({});
  useEffect(() => {
    let isWanted = true;
    const read = () =>
      readFound(address).then(
        found => isWanted && setState({of: address, found}),
        error => isWanted && setState({of: address, failure: failureText(error)}),
      );
    void read();
    const stop = whenChanges(bestHead, 1_000)(() => void read());
    return () => {
      isWanted = false;
      stop();
    };
  }, [address]);
  return state.of === address ? state : {};
}

async function readFound(address: string): Promise<Found> {
  const block = await node.call<string>("chain_getBlockHash");
  const runtime = await runtimeAt(block);
  if (!hasAccounts(runtime)) throw new Error("this chain does not publish its accounts");
  const [[info], keys] = await Promise.all([
    accountsAt([address], runtime, block),
    registeredKeys(address, runtime, block),
  ]);
  return {info, keys};
}

/** The account that is written in the address of the page: by any chain's address, its key, or a name. */
export function useWrittenAccount(written: string): {address?: string; failure?: string} {
  const [state, setState] = useState<{of?: string; address?: string; failure?: string}>({});
  useEffect(() => {
    let isWanted = true;
    runtimeAt().then(
      runtime => {
        if (!isWanted) return;
        const isOfEthereum = /^0x[0-9a-f]{40}$/i.test(written);
        const address = isOfEthereum ? written : readAccount(written, runtime);
        setState(
          address === undefined
            ? {
                of: written,
                failure: `“${written}” is no account: it takes ${accountExpected(written)}`,
              }
            : {of: written, address},
        );
      },
      error => isWanted && setState({of: written, failure: failureText(error)}),
    );
    return () => {
      isWanted = false;
    };
  }, [written]);
  return state.of === written ? state : {};
}

/** What does it have, what is it to the chain, and which keys are its? */
export function AccountPanel({address}: {address: string}) {
  void collatorSet.value.value;
  void sudoKey.value.value;
  const {found, failure} = useAccount(address);
  const title = accountName(address) ?? "Account";
  if (found?.info === undefined) {
    return (
      <Panel title={title}>
        <Waiting failure={failure} what="the chain for it" />
      </Panel>
    );
  }
  const {info, keys} = found;
  const roles = rolesOf(address);
  return (
    <Panel
      title={title}
      aside={info.isHere ? roles.join(", ") || undefined : "the chain does not know it yet"}
    >
      <Facts>
        <Fact name="Free">
          <Known value={info.free}>{amountText}</Known>
        </Fact>
        <Fact name="Reserved">
          <Known value={info.reserved}>{amountText}</Known>
        </Fact>
        <Fact name="Frozen">
          <Known value={info.frozen}>{amountText}</Known>
        </Fact>
        <Fact name="Nonce">
          <Known value={info.nonce}>{count}</Known>
        </Fact>
        <Fact name="Address">
          <span class="mono">{address}</span>
        </Fact>
        <Fact name="Public key">
          <span class="mono">{publicKeyOf(address)}</span>
        </Fact>
        {keys !== null && (
          <Fact name="Session keys">
            {keys === undefined
              ? "none registered"
              : keys.map(([kind, key]) => (
                  <div key={kind}>
                    {kind} <span class="mono">{key}</span>
                  </div>
                ))}
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}
