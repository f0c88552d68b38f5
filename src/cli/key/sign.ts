import {randomBytes} from "node:crypto";
import {bytesToHex} from "#base";
import {createPortableKeyPairs, type SignatureScheme} from "#crypto";
import {readMessage} from "./message-input.ts";
import {readSecretUri, refuseSecret} from "./secret-input.ts";
import {refuse, SUCCESS, type Terminal, USAGE} from "./terminal.ts";

export interface SignOptions {
  /** A secret URI, or a file that holds one; standard input where it is missing. */
  readonly suri?: string | undefined;
  /** Default: standard input, to its last byte. */
  readonly message?: string | undefined;
  /** The message is written in hex. */
  readonly hex?: boolean | undefined;
  readonly scheme?: SignatureScheme | undefined;
  readonly password?: string | undefined;
}

/** Prints the signature in hex. */
export async function keySign(options: SignOptions, io: Terminal): Promise<number> {
  if (options.suri === undefined && options.message === undefined) {
    return refuse(
      io,
      "input-ambiguous",
      "the secret and the message cannot both come from standard input",
      "give --suri FILE or --message",
      USAGE,
    );
  }
  const message = await readMessage(options, io);
  if (message === undefined) {
    return refuse(
      io,
      "message-not-hex",
      "--hex was given and the message is not hex",
      "drop --hex",
    );
  }
  const suri = await readSecretUri(options.suri, io);
  const keyPairs = createPortableKeyPairs(randomBytes);
  const pair = keyPairs.fromUri(options.scheme ?? "sr25519", suri, options.password);
  if (!pair.ok) return refuseSecret(io, pair.error);
  io.stdout(bytesToHex(pair.value.sign(message)));
  return SUCCESS;
}
