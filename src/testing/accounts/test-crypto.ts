import {bytesToBinary, LruCache, unwrap} from "#base";
import {
  type CryptoSuite,
  type KeyPairs,
  type SecretKey,
  type SignatureVerifier,
  secretKeyFromUri,
} from "#crypto";
import {createNativeCrypto} from "#crypto-native";

/** Signatures that many nodes of one process see: each is checked once. Votes of twenty nodes for some rounds. */
const CHECKED = 16_384;

/** Secrets by scheme and URI. Deriving one takes milliseconds, and each network of a test file wants the same. */
const derived = new Map<string, SecretKey>();

/**
 * Cryptography for many nodes in one process: real signatures, checked once for all, and randomness from a seed, so
 * that the same run makes the same bytes.
 */
export async function createTestCrypto(random: () => number): Promise<CryptoSuite> {
  const native = await createNativeCrypto(length =>
    Uint8Array.from({length}, () => Math.floor(random() * 256)),
  );
  return {
    hashing: native.hashing,
    signatures: checkedOnce(native.signatures),
    keyPairs: derivedOnce(native.keyPairs),
  };
}

function derivedOnce(pairs: KeyPairs): KeyPairs {
  return {
    fromSecret: secret => pairs.fromSecret(secret),
    fromSeed: (scheme, seed) => pairs.fromSeed(scheme, seed),
    fromUri(scheme, uri, password) {
      if (password !== undefined) return pairs.fromUri(scheme, uri, password);
      const name = `${scheme} ${uri}`;
      let secret = derived.get(name);
      if (secret === undefined) {
        const made = secretKeyFromUri(scheme, uri);
        if (!made.ok) return made;
        secret = unwrap(made);
        derived.set(name, secret);
      }
      return {ok: true, value: pairs.fromSecret(secret)};
    },
  };
}

function checkedOnce(verifier: SignatureVerifier): SignatureVerifier {
  const checked = new LruCache<string, boolean>(CHECKED);
  return {
    verify(scheme, signature, message, publicKey) {
      const parts = [signature, publicKey, message].map(bytesToBinary);
      const key = `${scheme} ${parts.join(" ")}`;
      const known = checked.get(key);
      if (known !== undefined) return known;
      const holds = verifier.verify(scheme, signature, message, publicKey);
      checked.set(key, holds);
      return holds;
    },
    ecdsaRecover: (signature, message) => verifier.ecdsaRecover(signature, message),
    ecdsaRecoverHashed: (signature, hash) => verifier.ecdsaRecoverHashed(signature, hash),
  };
}
