import {bytesToHex, type Hex} from "#base";
import {
  accountOf,
  createPortableHashing,
  encodeSs58,
  type SignatureScheme,
  type Ss58Prefix,
} from "#crypto";
import {networkName} from "./network.ts";

/** subkey's JSON, field for field; what is not known of a key is left out. */
export interface AccountDescription {
  readonly secretPhrase?: string;
  readonly secretKeyUri?: string;
  readonly networkId: string;
  readonly secretSeed?: Hex | "n/a";
  readonly publicKey: Hex;
  readonly accountId: Hex;
  readonly ss58PublicKey: string;
  readonly ss58Address: string;
}

export type OutputType = "text" | "json";

export function describePublicKey(
  scheme: SignatureScheme,
  publicKey: Uint8Array,
  prefix: Ss58Prefix,
): AccountDescription {
  const account = accountOf(scheme, publicKey, createPortableHashing());
  return {
    networkId: networkName(prefix),
    publicKey: bytesToHex(publicKey),
    accountId: bytesToHex(account),
    ss58PublicKey: encodeSs58(publicKey, prefix),
    ss58Address: encodeSs58(account, prefix),
  };
}

const LABELS: readonly [keyof AccountDescription, string][] = [
  ["networkId", "Network ID:"],
  ["secretSeed", "Secret seed:"],
  ["publicKey", "Public key (hex):"],
  ["accountId", "Account ID:"],
  ["ss58PublicKey", "Public key (SS58):"],
  ["ss58Address", "SS58 Address:"],
];

/** The lines for people, or one JSON object for programs. */
export function formatAccount(description: AccountDescription, output: OutputType): string[] {
  if (output === "json") return JSON.stringify(description, null, 2).split("\n");
  const lines = LABELS.filter(([field]) => description[field] !== undefined).map(
    ([field, label]) => `  ${label.padEnd(19)}${description[field]}`,
  );
  return [titleOf(description), ...lines];
}

function titleOf({secretPhrase, secretKeyUri, publicKey}: AccountDescription): string {
  if (secretPhrase !== undefined) return `Secret phrase:       ${secretPhrase}`;
  if (secretKeyUri !== undefined) return `Secret Key URI \`${secretKeyUri}\` is account:`;
  return `Public Key \`${publicKey}\` is account:`;
}
