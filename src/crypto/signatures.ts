/** The three schemes of Substrate's `MultiSignature`, in the order of its variants. */
export type SignatureScheme = "ed25519" | "sr25519" | "ecdsa";

export const SIGNATURE_SCHEMES: readonly SignatureScheme[] = ["ed25519", "sr25519", "ecdsa"];

/** Bytes of a signature: ecdsa carries its recovery id as the last byte. */
export const SIGNATURE_LENGTH: Readonly<Record<SignatureScheme, number>> = {
  ed25519: 64,
  sr25519: 64,
  ecdsa: 65,
};

/** Bytes of a public key: ecdsa keys are compressed points. */
export const PUBLIC_KEY_LENGTH: Readonly<Record<SignatureScheme, number>> = {
  ed25519: 32,
  sr25519: 32,
  ecdsa: 33,
};

/** A signature, what it is of, and whose it is said to be. */
export interface SignedMessage {
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
  /** The public key. */
  readonly signer: Uint8Array;
}

/**
 * Says whether a signature holds. Malformed input of any kind is `false`, never an exception: the bytes come
 * from strangers. Which malformed inputs pass is a matter of consensus, so every implementation must agree:
 *
 * - `sr25519`: signing context `substrate`, marked signatures only, canonical `s`; the all-zero key is a valid
 *   (identity) key for which anybody can sign, as in schnorrkel. The chain refuses that sender by itself.
 * - `ed25519`: ZIP-215 (cofactored, non-canonical points accepted, `s` canonical).
 * - `ecdsa`: secp256k1 over BLAKE2b-256 of the message; `r || s || v` with `v` 0..3 or 27..30; high `s` accepted.
 */
export interface SignatureVerifier {
  verify(
    scheme: SignatureScheme,
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
  ): boolean;
  /** The answers of `verify`, in order, for many of one scheme: together they may take less time. */
  verifyEach(scheme: SignatureScheme, signed: readonly SignedMessage[]): boolean[];
  /**
   * The compressed public key (33 bytes) that made this 65-byte signature over BLAKE2b-256 of the message.
   * An ecdsa signer's account is BLAKE2b-256 of that key.
   */
  ecdsaRecover(signature: Uint8Array, message: Uint8Array): Uint8Array | undefined;
  /** The same, for who has hashed the message already: `hash` is 32 bytes. */
  ecdsaRecoverHashed(signature: Uint8Array, hash: Uint8Array): Uint8Array | undefined;
}
