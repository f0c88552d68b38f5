import {ok} from "#base";
import {type CryptoSuite, verifyMultiSignatures} from "#crypto";
import type {SignaturePool} from "#crypto-native";

/** In place of a pool of threads: checks here and now. For many nodes in one process, and for simulated time. */
export function inlineSignatures(crypto: CryptoSuite): Pick<SignaturePool, "verifyBatch"> {
  return {verifyBatch: async requests => ok(verifyMultiSignatures(crypto, requests))};
}
