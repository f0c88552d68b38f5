/**
 * The fast side of `crypto`: the same interfaces over WebAssembly (of others to sign, of our own to verify sr25519), native
 * addons and node:crypto, and a pool of workers that verifies signatures off the main thread. The tests here put both sides
 * through one suite: an answer that differed from the portable one would split the chain.
 *
 * Out of scope: what the functions mean (`crypto`), and remembering what was verified (`pool`, `node`).
 */
export {createNativeCrypto} from "./native-crypto.ts";
export {createNativeHashing} from "./native-hashing.ts";
export {createNativeKeyPairs} from "./native-key-pairs.ts";
export {createNativeSignatureVerifier} from "./native-signatures.ts";
export type {SignatureRequest} from "./signature-batch.ts";
export {
  SignaturePool,
  type SignaturePoolFailure,
  type SignaturePoolOptions,
} from "./signature-pool.ts";
