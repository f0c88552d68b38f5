import {ed25519} from "@noble/curves/ed25519.js";
import {secp256k1} from "@noble/curves/secp256k1.js";
import {blake2b} from "@noble/hashes/blake2.js";
import {getPublicKey, sign as sr25519Sign} from "@scure/sr25519";
import {ok, type Result} from "#base";
import type {KeyPair, KeyPairs} from "./key-pairs.ts";
import type {RandomBytes} from "./random-bytes.ts";
import {type SecretKey, secretKeyFromSeed} from "./secret-key.ts";
import {secretKeyFromUri} from "./secret-uri.ts";

/** `randomBytes` blinds sr25519 signatures (32 bytes each); the other schemes sign deterministically. */
export function createPortableKeyPairs(randomBytes: RandomBytes): KeyPairs {
  return keyPairsFrom(secret => portableKeyPair(secret, randomBytes));
}

/** All of `KeyPairs` from the one step in which implementations differ. */
export function keyPairsFrom(fromSecret: (secret: SecretKey) => KeyPair): KeyPairs {
  const finish = <E>(secret: Result<SecretKey, E>): Result<KeyPair, E> =>
    secret.ok ? ok(fromSecret(secret.value)) : secret;
  return {
    fromSecret,
    fromSeed: (scheme, seed) => finish(secretKeyFromSeed(scheme, seed)),
    fromUri: (scheme, uri, password) => finish(secretKeyFromUri(scheme, uri, password)),
  };
}

function portableKeyPair(secret: SecretKey, randomBytes: RandomBytes): KeyPair {
  const {scheme} = secret;
  const bytes = secret.exposeBytes();
  switch (scheme) {
    case "sr25519":
      return {
        scheme,
        publicKey: getPublicKey(bytes),
        sign: message => sr25519Sign(bytes, message, randomBytes(32)),
      };
    case "ed25519":
      return {
        scheme,
        publicKey: ed25519.getPublicKey(bytes),
        sign: message => ed25519.sign(message, bytes),
      };
    case "ecdsa":
      return {
        scheme,
        publicKey: secp256k1.getPublicKey(bytes, true),
        sign: message => ecdsaSign(bytes, message),
      };
  }
}

function ecdsaSign(secret: Uint8Array, message: Uint8Array): Uint8Array {
  const hash = blake2b(message, {dkLen: 32});
  const recovered = secp256k1.sign(hash, secret, {prehash: false, format: "recovered"});
  const out = new Uint8Array(65);
  out.set(recovered.subarray(1));
  out[64] = recovered[0]!;
  return out;
}
