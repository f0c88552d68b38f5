import {unwrap} from "#base";
import {checkedOnce} from "#core";
import {type CryptoSuite, type KeyPairs, type SecretKey, secretKeyFromUri} from "#crypto";
import {createNativeCrypto} from "#crypto-native";

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
