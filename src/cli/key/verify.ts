import {randomBytes} from "node:crypto";
import {hexToBytes} from "#base";
import {
  createPortableKeyPairs,
  createPortableSignatureVerifier,
  SIGNATURE_LENGTH,
  type SignatureScheme,
} from "#crypto";
import {readMessage} from "./message-input.ts";
import {parsePublicKey} from "./public-key-input.ts";
import {refuseSecret} from "./secret-input.ts";
import {FAILURE, refuse, SUCCESS, type Terminal} from "./terminal.ts";

export interface VerifyOptions {
  /** Hex, with or without `0x`. */
  readonly signature: string;
  /** A public key in hex, an address, or a secret URI such as //Alice. */
  readonly uri: string;
  /** Default: standard input, to its last byte. */
  readonly message?: string | undefined;
  /** The message is written in hex. */
  readonly hex?: boolean | undefined;
  readonly scheme?: SignatureScheme | undefined;
}

/** Answers by the exit code: 0 for a signature that holds. */
export async function keyVerify(options: VerifyOptions, io: Terminal): Promise<number> {
  const scheme = options.scheme ?? "sr25519";
  const {signature: text, uri} = options;
  const signature = hexToBytes(text.startsWith("0x") ? text : `0x${text}`);
  if (signature?.length !== SIGNATURE_LENGTH[scheme]) {
    const remedy = `give ${SIGNATURE_LENGTH[scheme]} bytes in hex, or another --scheme`;
    return refuse(io, "signature-invalid", `that is no ${scheme} signature`, remedy);
  }
  let publicKey = parsePublicKey(uri, scheme)?.publicKey;
  if (publicKey === undefined) {
    const pair = createPortableKeyPairs(randomBytes).fromUri(scheme, uri);
    if (!pair.ok) return refuseSecret(io, pair.error);
    publicKey = pair.value.publicKey;
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
  if (!createPortableSignatureVerifier().verify(scheme, signature, message, publicKey)) {
    io.stderr("Signature invalid.");
    return FAILURE;
  }
  io.stdout("Signature verifies correctly.");
  return SUCCESS;
}
