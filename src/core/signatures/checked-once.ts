import {bytesToBinary, LruCache} from "#base";
import type {SignatureVerifier} from "#crypto";

/** Seals and votes that many nodes of one process see: those of a hundred nodes in some rounds. */
const REMEMBERED = 16_384;

/** For many nodes in one process: each signature is checked once for all of them. */
export function checkedOnce(verifier: SignatureVerifier): SignatureVerifier {
  const checked = new LruCache<string, boolean>(REMEMBERED);
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
