import {bytesToBinary, LruCache} from "#base";
import type {SignatureScheme, SignatureVerifier, SignedMessage} from "#crypto";

/** Seals and votes that many nodes of one process see: those of a hundred nodes in some rounds. */
const REMEMBERED = 16_384;

/** For many nodes in one process: each signature is checked once for all of them. */
export function checkedOnce(verifier: SignatureVerifier): SignatureVerifier {
  const checked = new LruCache<string, boolean>(REMEMBERED);
  const nameOf = (scheme: SignatureScheme, {signature, signer, message}: SignedMessage): string =>
    `${scheme} ${[signature, signer, message].map(bytesToBinary).join(" ")}`;
  return {
    verify(scheme, signature, message, publicKey) {
      const key = nameOf(scheme, {signature, message, signer: publicKey});
      const known = checked.get(key);
      if (known !== undefined) return known;
      const holds = verifier.verify(scheme, signature, message, publicKey);
      checked.set(key, holds);
      return holds;
    },
    verifyEach(scheme, signed) {
      const unknown = new Map<string, SignedMessage>();
      const answers = new Map<string, boolean>();
      const names = signed.map(each => {
        const name = nameOf(scheme, each);
        const known = checked.get(name);
        if (known === undefined) unknown.set(name, each);
        else answers.set(name, known);
        return name;
      });
      const found = verifier.verifyEach(scheme, [...unknown.values()]);
      [...unknown.keys()].forEach((name, i) => {
        answers.set(name, found[i]!);
        checked.set(name, found[i]!);
      });
      return names.map(name => answers.get(name)!);
    },
    ecdsaRecover: (signature, message) => verifier.ecdsaRecover(signature, message),
    ecdsaRecoverHashed: (signature, hash) => verifier.ecdsaRecoverHashed(signature, hash),
  };
}
