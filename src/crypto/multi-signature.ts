import {equalBytes} from "#base";
import type {CryptoSuite} from "./crypto-suite.ts";
import type {Hashing} from "./hashing.ts";
import {PUBLIC_KEY_LENGTH, type SignatureScheme, type SignedMessage} from "./signatures.ts";

export interface MultiSigned extends SignedMessage {
  readonly scheme: SignatureScheme;
  /** The account (32 bytes), or the public key, which is the same but for ecdsa. */
  readonly signer: Uint8Array;
}

/** The account that a public key signs for: the key itself, or for ecdsa BLAKE2b-256 of the compressed key. */
export function accountOf(
  scheme: SignatureScheme,
  publicKey: Uint8Array,
  hashing: Pick<Hashing, "blake2b256">,
): Uint8Array {
  return scheme === "ecdsa" ? hashing.blake2b256(publicKey) : publicKey;
}

/** Whether the account (32 bytes) signed, as the runtime's `MultiSignature` decides it. */
export function verifyMultiSignature(
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
  scheme: SignatureScheme,
  signature: Uint8Array,
  message: Uint8Array,
  account: Uint8Array,
): boolean {
  if (scheme !== "ecdsa") return crypto.signatures.verify(scheme, signature, message, account);
  const signer = crypto.signatures.ecdsaRecover(signature, message);
  return signer !== undefined && equalBytes(crypto.hashing.blake2b256(signer), account);
}

/** The answers of `verifyMultiSignature`, in order, for many at once: the one way for signatures that come in numbers. */
export function verifyMultiSignatures(
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
  requests: readonly MultiSigned[],
): boolean[] {
  const together = crypto.signatures.verifyEach(
    "sr25519",
    requests.filter(({scheme}) => scheme === "sr25519"),
  );
  let next = 0;
  return requests.map(({scheme, signature, message, signer}) => {
    if (scheme === "sr25519") return together[next++]!;
    return scheme === "ecdsa" && signer.length === PUBLIC_KEY_LENGTH.ecdsa
      ? crypto.signatures.verify(scheme, signature, message, signer)
      : verifyMultiSignature(crypto, scheme, signature, message, signer);
  });
}
