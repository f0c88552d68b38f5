import {isSs58Prefix, type SignatureScheme, type Ss58Prefix} from "#crypto";
import {describePublicKey, formatAccount, type OutputType} from "./account-description.ts";
import {describeSecret} from "./described-secret.ts";
import {DEFAULT_NETWORK, refuseNetwork} from "./network.ts";
import {parsePublicKey} from "./public-key-input.ts";
import {readSecretUri, refuseSecret} from "./secret-input.ts";
import {refuse, SUCCESS, type Terminal} from "./terminal.ts";

export interface InspectOptions {
  /** A secret URI, a file that holds one, or an address; standard input where it is missing. */
  readonly uri?: string | undefined;
  /** `uri` is a public key in hex. */
  readonly public?: boolean | undefined;
  readonly scheme?: SignatureScheme | undefined;
  /** Default: the address's own, else 30. */
  readonly network?: Ss58Prefix | undefined;
  readonly outputType?: OutputType | undefined;
  readonly password?: string | undefined;
}

/** What is known of a key: everything for a secret, the public half for an address or a public key. */
export async function keyInspect(options: InspectOptions, io: Terminal): Promise<number> {
  const {network} = options;
  if (network !== undefined && !isSs58Prefix(network)) return refuseNetwork(io, network);
  const scheme = options.scheme ?? "sr25519";
  const output = options.outputType ?? "text";
  const text = await readSecretUri(options.uri, io);
  // Without --public, 64 hex digits are a seed; an address can be nothing but an address.
  const written =
    options.public === true || !text.startsWith("0x") ? parsePublicKey(text, scheme) : undefined;
  if (written !== undefined) {
    const prefix = network ?? written.network ?? DEFAULT_NETWORK;
    const description = describePublicKey(scheme, written.publicKey, prefix);
    for (const line of formatAccount(description, output)) io.stdout(line);
    return SUCCESS;
  }
  if (options.public === true) {
    return refuse(
      io,
      "public-key-invalid",
      `that is no ${scheme} public key`,
      "give it as 0x hex or as an address",
    );
  }
  const described = describeSecret(scheme, text, network ?? DEFAULT_NETWORK, options.password);
  if (!described.ok) return refuseSecret(io, described.error);
  for (const line of formatAccount(described.value, output)) io.stdout(line);
  return SUCCESS;
}
