/**
 * The thread behind `SignaturePool`: takes packed requests, answers with a byte (1 or 0) for each. An entry of its
 * own in the bundle, so it must import no more than verification needs.
 */
import {parentPort} from "node:worker_threads";
import {type CryptoSuite, verifyMultiSignature} from "#crypto";
import {createNativeCrypto} from "./native-crypto.ts";
import {type SignatureRequest, unpackRequests} from "./signature-batch.ts";

/** After so many calls V8 has compiled the WebAssembly with its second compiler; the first ones take up to 4 ms. */
const WARM_UP_ROUNDS = 100;

const crypto = await createNativeCrypto();
warmUp(crypto);
parentPort?.on("message", (packed: Uint8Array) => {
  const answers = Uint8Array.from(unpackRequests(packed), request => Number(holds(request)));
  parentPort?.postMessage(answers, [answers.buffer]);
});
parentPort?.postMessage("ready");

function holds({scheme, signature, message, signer}: SignatureRequest): boolean {
  return signer.length === 32
    ? verifyMultiSignature(crypto, scheme, signature, message, signer)
    : crypto.signatures.verify(scheme, signature, message, signer);
}

/** Without ECDSA, whose addon is loaded no sooner than it is asked for, and needs no compiler. */
function warmUp({keyPairs, signatures}: CryptoSuite): void {
  const message = new Uint8Array(100);
  for (const scheme of ["sr25519", "ed25519"] as const) {
    const pair = keyPairs.fromSeed(scheme, new Uint8Array(32).fill(1));
    if (!pair.ok) continue;
    const signature = pair.value.sign(message);
    for (let round = 0; round < WARM_UP_ROUNDS; round++) {
      signatures.verify(scheme, signature, message, pair.value.publicKey);
    }
  }
}
