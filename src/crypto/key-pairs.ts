import type {Result} from "#base";
import type {SecretKey, SecretKeyFailure} from "./secret-key.ts";
import type {SecretUriFailure} from "./secret-uri.ts";
import type {SignatureScheme} from "./signatures.ts";

/** A key that signs. The secret stays inside; nothing of it shows when the object is printed. */
export interface KeyPair {
  readonly scheme: SignatureScheme;
  /** 32 bytes, or 33 (compressed) for ecdsa. */
  readonly publicKey: Uint8Array;
  /** 64 bytes, or 65 (`r || s || v`) for ecdsa, which signs BLAKE2b-256 of the message. */
  sign(message: Uint8Array): Uint8Array;
}

/** Makes key pairs. Derivation is the portable code's in every implementation; signing may be faster. */
export interface KeyPairs {
  fromSecret(secret: SecretKey): KeyPair;
  /** `seed`: 32 bytes. */
  fromSeed(scheme: SignatureScheme, seed: Uint8Array): Result<KeyPair, SecretKeyFailure>;
  /** `password` takes the place of one written in the URI, as in Substrate. */
  fromUri(
    scheme: SignatureScheme,
    uri: string,
    password?: string,
  ): Result<KeyPair, SecretUriFailure>;
}
