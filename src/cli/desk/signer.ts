import {decodeSs58, type KeyPair, type KeyPairs} from "#crypto";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {DeskError} from "./desk-error.ts";
import {readSecretFile} from "./read-secret-file.ts";

const ACCOUNT_SIZE = 32;
const WAYS =
  "--key-file FILE, --suri - with the secret on standard input, or --account ADDRESS --print-call for a wallet";

/** The account that is spoken for; without `pair`, its wallet is elsewhere. */
export interface Signer {
  readonly account: Uint8Array;
  readonly pair: KeyPair | undefined;
}

/** Reads who signs. No message repeats anything of a secret. */
export async function readSigner(
  values: FlagValues,
  terminal: Terminal,
  keyPairs: KeyPairs,
): Promise<Signer> {
  const secret = await readSecret(values, terminal);
  const address = values.one("account");
  const account = address === undefined ? undefined : accountOf(address);
  if (secret === undefined) {
    if (account === undefined) {
      throw new DeskError({code: "account-missing", what: "for which account?", todo: WAYS});
    }
    if (!values.has("print-call")) {
      throw new DeskError({code: "secret-missing", what: "who signs?", todo: WAYS});
    }
    return {account, pair: undefined};
  }
  const pair = keyPairs.fromUri("sr25519", secret);
  if (!pair.ok && pair.error.code === "uri-empty") throw emptySecret();
  if (!pair.ok) {
    throw new DeskError({
      code: "secret-invalid",
      what: `the secret cannot be used (${pair.error.code})`,
      todo: "it is a phrase, a 0x seed, or a path such as //Alice; khala key inspect tells what it makes",
    });
  }
  const {publicKey} = pair.value;
  if (account !== undefined && Buffer.compare(account, publicKey) !== 0) {
    throw new DeskError({
      code: "account-mismatch",
      what: "the secret is another account's",
      facts: [["--account", address ?? ""]],
      todo: "leave --account out, or give its own secret",
    });
  }
  return {account: publicKey, pair: values.has("print-call") ? undefined : pair.value};
}

/** It would be the phrase that everybody has. */
const emptySecret = (): DeskError =>
  new DeskError({
    code: "secret-empty",
    what: "the secret is empty: nothing came from the file or from standard input",
    todo: "see what the file or the pipe it comes from holds",
  });

async function readSecret(values: FlagValues, terminal: Terminal): Promise<string | undefined> {
  const suri = values.one("suri");
  const file = values.one("key-file");
  if (suri === "-") return (await terminal.readStdin()).trim();
  // The names of dev accounts are no secret.
  if (suri?.startsWith("//")) return suri;
  if (suri !== undefined) {
    throw new DeskError({
      code: "secret-on-command-line",
      what: "--suri takes - only: others can see a command line, and a shell remembers it",
      todo: "give the secret on standard input, or as --key-file FILE",
    });
  }
  return file === undefined ? undefined : readSecretFile(file).trim();
}

export function accountOf(address: string): Uint8Array {
  const decoded = decodeSs58(address);
  if (decoded.ok && decoded.value.bytes.length === ACCOUNT_SIZE) return decoded.value.bytes;
  throw new DeskError({
    code: "address-invalid",
    what: `${address} is no address of an account`,
    todo: "copy it again from the wallet",
  });
}
