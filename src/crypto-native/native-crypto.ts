import {randomBytes} from "node:crypto";
import type {CryptoSuite, RandomBytes} from "#crypto";
import {createNativeHashing} from "./native-hashing.ts";
import {createNativeKeyPairs} from "./native-key-pairs.ts";
import {createNativeSignatureVerifier} from "./native-signatures.ts";

/** The operating system's randomness by default; a simulation hands in its own. */
export async function createNativeCrypto(random: RandomBytes = randomBytes): Promise<CryptoSuite> {
  const hashing = await createNativeHashing();
  return {
    hashing,
    signatures: createNativeSignatureVerifier(hashing),
    keyPairs: createNativeKeyPairs(hashing, random),
  };
}
