import {equalBytes} from "#base";
import type {CryptoSuite} from "./crypto-suite.ts";
import type {Hashing} from "./hashing.ts";
import type {SignatureScheme} from "./signatures.ts";

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
