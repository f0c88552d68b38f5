import {AccountId, getSs58AddressInfo} from "@polkadot-api/substrate-bindings";
import {keyOfName} from "../text/account-name.ts";
import {hexToBytes} from "./bytes.ts";
import type {ChainRuntime} from "./chain-runtime.ts";

/** What `readAccount` asks for. */
export const ACCOUNT_EXPECTED = "an address, a public key in hex, or a name such as Alice";

/** As long as addresses of 32 bytes are, of letters and digits alone. */
const LIKE_AN_ADDRESS = /^[A-Za-z0-9]{45,50}$/;

/** What is asked for in place of a text that is no account: more than that of what is nearly an address. */
export const accountExpected = (text: string): string =>
  LIKE_AN_ADDRESS.test(text.trim())
    ? "an address without a mistake (the checksum of this one is wrong: a letter of it is another)"
    : ACCOUNT_EXPECTED;

/** An account as a person writes it, as this chain's address; undefined where it is none. */
export function readAccount(
  text: string,
  {addressPrefix}: Pick<ChainRuntime, "addressPrefix">,
): string | undefined {
  const written = text.trim();
  const key = keyOfName(written) ?? written;
  const codec = AccountId(addressPrefix);
  if (/^0x[0-9a-f]{64}$/i.test(key)) return codec.dec(hexToBytes(key));
  const info = getSs58AddressInfo(key);
  return info.isValid && info.publicKey.length === ACCOUNT_LENGTH
    ? codec.dec(info.publicKey)
    : undefined;
}

const ACCOUNT_LENGTH = 32;
