import {randomBytes} from "node:crypto";
import {equalBytes} from "#base";
import {ecdsaRecoveryId, type Hashing, type SignatureVerifier} from "#crypto";
import {createEd25519Verifier} from "./ed25519-verifier.ts";
import {loadSecp256k1, type Secp256k1} from "./secp256k1.ts";
import {createSr25519Verifier, type Sr25519Verifier} from "./sr25519/index.ts";

/**
 * sr25519 in 70 µs, and in batches in 25 to 36, ed25519 in 57 µs, ecdsa in 40 µs, or some five times that in WebAssembly; see
 * `bench/README.md` for how that was measured. Batches get their coefficients from the system's
 * randomness, whatever randomness a simulation signs with.
 */
export function createNativeSignatureVerifier(
  hashing: Pick<Hashing, "blake2b256">,
  secp256k1: Secp256k1 = loadSecp256k1(),
): SignatureVerifier {
  let sr25519: Sr25519Verifier | undefined;
  const ofSr25519 = (): Sr25519Verifier => {
    sr25519 ??= createSr25519Verifier(randomBytes);
    return sr25519;
  };
  const verifyEd25519 = createEd25519Verifier();
  const ecdsaRecoverHashed: SignatureVerifier["ecdsaRecoverHashed"] = (signature, hash) => {
    const recoveryId = ecdsaRecoveryId(signature);
    if (recoveryId === undefined) return undefined;
    return secp256k1.recover(signature.subarray(0, 64), recoveryId, hash);
  };
  const ecdsaRecover: SignatureVerifier["ecdsaRecover"] = (signature, message) =>
    ecdsaRecoverHashed(signature, hashing.blake2b256(message));
  const verify: SignatureVerifier["verify"] = (scheme, signature, message, publicKey) => {
    switch (scheme) {
      case "sr25519":
        return ofSr25519().verify({signature, message, signer: publicKey});
      case "ed25519":
        return verifyEd25519(signature, message, publicKey);
      case "ecdsa": {
        const signer = ecdsaRecover(signature, message);
        return signer !== undefined && equalBytes(signer, publicKey);
      }
    }
  };
  return {
    verify,
    verifyEach: (scheme, signed) =>
      scheme === "sr25519"
        ? ofSr25519().verifyEach(signed)
        : signed.map(({signature, message, signer}) => verify(scheme, signature, message, signer)),
    ecdsaRecover,
    ecdsaRecoverHashed,
  };
}
