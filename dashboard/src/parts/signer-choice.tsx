import {signer} from "../sign/signer.ts";
import {walletAccounts} from "../sign/wallet.ts";
import {wellKnownHere, wellKnownSigner} from "../sign/well-known.ts";
import {chain, isRehearsal} from "../state/chain.ts";
import {short} from "../text/short.ts";

/** Who signs, in one line: among those whom the page knows. Wallets are connected where everything is signed. */
export function SignerChoice() {
  const current = signer.value;
  const wellKnown = isRehearsal(chain.value) ? (wellKnownHere.value.value ?? []) : [];
  const choose = async (name: string) => {
    const own = walletAccounts.peek().find(({address}) => address === name);
    if (own !== undefined || name === "") signer.value = own;
    else if (name.startsWith("//")) signer.value = await wellKnownSigner(name);
  };
  const chosen =
    current === undefined
      ? ""
      : current.kind === "well-known"
        ? `//${current.name}`
        : current.address;
  const isListed =
    wellKnown.includes(chosen) || walletAccounts.value.some(each => each.address === chosen);
  return (
    <label class="field">
      <span>
        From; <a href="#/submit">connect a wallet</a>
      </span>
      <select value={chosen} onChange={event => void choose(event.currentTarget.value)}>
        <option value="">nobody: this page only reads</option>
        {current !== undefined && !isListed && <option value={chosen}>{current.name}</option>}
        {walletAccounts.value.map(({name, address}) => (
          <option key={address} value={address}>
            {name} {short(address)}
          </option>
        ))}
        {wellKnown.map(uri => (
          <option key={uri} value={uri}>
            {uri.slice(2)}
          </option>
        ))}
      </select>
    </label>
  );
}
