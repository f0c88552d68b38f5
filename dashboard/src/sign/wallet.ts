import {
  connectInjectedExtension,
  getInjectedExtensions,
  type InjectedExtension,
} from "@polkadot-api/pjs-signer";
import {AccountId} from "@polkadot-api/substrate-bindings";
import {signal} from "@preact/signals";
import {runtimeAt} from "../chain/runtime.ts";
import {chain} from "../state/chain.ts";
import type {Signer} from "./signer.ts";

const ACCOUNT_LENGTH = 32;

/** Browser extensions by the interface of polkadot-js, which all Substrate wallets speak. */
export const walletNames = (): readonly string[] => getInjectedExtensions();

export const walletAccounts = signal<readonly Signer[]>([]);

let connected: InjectedExtension | undefined;

/** Asks a wallet for its accounts; it asks the person. */
export async function connectWallet(name: string): Promise<void> {
  connected?.disconnect();
  connected = await connectInjectedExtension(name, "khala");
  const codec = AccountId((await runtimeAt()).addressPrefix);
  const show = (extension: InjectedExtension) => {
    const genesis = chain.peek()?.genesis;
    walletAccounts.value = extension
      .getAccounts()
      // Accounts bound to another chain, and those of Ethereum's kind, sign nothing here.
      .filter(({genesisHash}) => !genesisHash || genesisHash === genesis)
      .filter(({polkadotSigner}) => polkadotSigner.publicKey.length === ACCOUNT_LENGTH)
      .map(account => ({
        name: account.name ?? "unnamed",
        // Wallets show addresses of any chain; here each account has one.
        address: codec.dec(account.polkadotSigner.publicKey),
        kind: "wallet" as const,
        signer: account.polkadotSigner,
      }));
  };
  show(connected);
  connected.subscribe(() => connected && show(connected));
}
