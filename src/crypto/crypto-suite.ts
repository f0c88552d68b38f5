import type {Hashing} from "./hashing.ts";
import type {KeyPairs} from "./key-pairs.ts";
import {createPortableHashing} from "./portable-hashing.ts";
import {createPortableKeyPairs} from "./portable-key-pairs.ts";
import {createPortableSignatureVerifier} from "./portable-signatures.ts";
import type {RandomBytes} from "./random-bytes.ts";
import type {SignatureVerifier} from "./signatures.ts";

/** All of one implementation, for those who need more than one part of it. */
export interface CryptoSuite {
  readonly hashing: Hashing;
  readonly signatures: SignatureVerifier;
  readonly keyPairs: KeyPairs;
}

export function createPortableCrypto(randomBytes: RandomBytes): CryptoSuite {
  return {
    hashing: createPortableHashing(),
    signatures: createPortableSignatureVerifier(),
    keyPairs: createPortableKeyPairs(randomBytes),
  };
}
