import {unwrap} from "#base";
import type {SignedMessage} from "#crypto";
import {createNativeKeyPairs} from "../../native-key-pairs.ts";

const pairs = createNativeKeyPairs(
  {
    blake2b256: () => {
      throw new Error("sr25519 hashes nothing here");
    },
  },
  length => new Uint8Array(length).fill(9),
);

/** Good signatures over messages of growing lengths, each by a key of its own, or by so many keys in turn. */
export function signedRequests(count: number, keys = count): SignedMessage[] {
  return Array.from({length: count}, (_, i) => {
    const seed = new Uint8Array(32);
    new DataView(seed.buffer).setUint32(0, (i % keys) + 1);
    const pair = unwrap(pairs.fromSeed("sr25519", seed));
    const message = new Uint8Array(i % 400).fill(i);
    return {signature: pair.sign(message), message, signer: pair.publicKey};
  });
}
