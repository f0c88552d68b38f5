import {randomBytes} from "node:crypto";
import type {CryptoSuite, RandomBytes} from "#crypto";
import {createNativeHashing} from "./native-hashing.ts";
import {createNativeKeyPairs} from "./native-key-pairs.ts";
import {createNativeSignatureVerifier} from "./native-signatures.ts";
import {loadSecp256k1, type Secp256k1} from "./secp256k1.ts";

/** The operating system's randomness by default; a simulation hands in its own. */
export async function createNativeCrypto(
  random: RandomBytes = randomBytes,
  secp256k1: Secp256k1 = loadSecp256k1(),
): Promise<CryptoSuite> {
  const hashing = await createNativeHashing();
  return {
    hashing,
    signatures: createNativeSignatureVerifier(hashing, secp256k1),
    keyPairs: createNativeKeyPairs(hashing, random, secp256k1),
  };
}
