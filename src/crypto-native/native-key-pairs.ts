import {createPrivateKey, createPublicKey, sign} from "node:crypto";
import {
  type Hashing,
  type KeyPair,
  type KeyPairs,
  keyPairsFrom,
  type RandomBytes,
  type SecretKey,
} from "#crypto";
import {SchnorrkelInstance} from "./schnorrkel-instance.ts";
import {loadSecp256k1, type Secp256k1} from "./secp256k1.ts";

/**
 * sr25519 signs on an instance of its own, which no stranger's bytes ever reach. `randomBytes` seeds the
 * generator inside it; the other schemes sign deterministically.
 */
export function createNativeKeyPairs(
  hashing: Pick<Hashing, "blake2b256">,
  randomBytes: RandomBytes,
  secp256k1: Secp256k1 = loadSecp256k1(),
): KeyPairs {
  let schnorrkel: SchnorrkelInstance | undefined;
  return keyPairsFrom(secret => {
    switch (secret.scheme) {
      case "sr25519":
        schnorrkel ??= new SchnorrkelInstance(randomBytes);
        return sr25519KeyPair(secret, schnorrkel);
      case "ed25519":
        return ed25519KeyPair(secret);
      case "ecdsa":
        return ecdsaKeyPair(secret, hashing, secp256k1);
    }
  });
}

function sr25519KeyPair(secret: SecretKey, schnorrkel: SchnorrkelInstance): KeyPair {
  const bytes = secret.exposeBytes();
  const publicKey = schnorrkel.publicKeyOf(bytes);
  return {
    scheme: "sr25519",
    publicKey,
    sign: message => schnorrkel.sign(publicKey, bytes, message),
  };
}

/** PKCS #8's wrapping of a 32-byte Ed25519 seed (RFC 8410 §7). */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

function ed25519KeyPair(secret: SecretKey): KeyPair {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, secret.exposeBytes()]),
    format: "der",
    type: "pkcs8",
  });
  const {x} = createPublicKey(key).export({format: "jwk"});
  return {
    scheme: "ed25519",
    publicKey: new Uint8Array(Buffer.from(x!, "base64url")),
    sign: message => new Uint8Array(sign(null, message, key)),
  };
}

function ecdsaKeyPair(
  secret: SecretKey,
  hashing: Pick<Hashing, "blake2b256">,
  secp256k1: Secp256k1,
): KeyPair {
  const bytes = secret.exposeBytes();
  return {
    scheme: "ecdsa",
    publicKey: secp256k1.publicKey(bytes),
    sign: message => {
      const {signature, recoveryId} = secp256k1.sign(hashing.blake2b256(message), bytes);
      const out = new Uint8Array(65);
      out.set(signature);
      out[64] = recoveryId;
      return out;
    },
  };
}
