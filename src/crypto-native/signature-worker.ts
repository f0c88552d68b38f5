/**
 * The thread behind `SignaturePool`: takes packed requests, answers with a byte (1 or 0) for each. An entry of its
 * own in the bundle, so it must import no more than verification needs.
 */
import {parentPort} from "node:worker_threads";
import {type CryptoSuite, verifyMultiSignatures} from "#crypto";
import {createNativeCrypto} from "./native-crypto.ts";
import {unpackRequests} from "./signature-batch.ts";

/** After so many calls V8 has compiled the WebAssembly with its second compiler; the first ones take up to 4 ms. */
const WARM_UP_ROUNDS = 100;

/**
 * Of sr25519, where each batch calls the same code some ten thousand times: sums for few and for many are different code,
 * and a batch that fails goes one by one. More would hold up the start of the node, which shares the machine.
 */
const WARM_UP_BATCHES = [32, 64, 64];
const WARM_UP_ALONE = 20;

const crypto = await createNativeCrypto();
warmUp(crypto);
parentPort?.on("message", (packed: Uint8Array) => {
  const answers = Uint8Array.from(verifyMultiSignatures(crypto, unpackRequests(packed)), Number);
  parentPort?.postMessage(answers, [answers.buffer]);
});
parentPort?.postMessage("ready");

/** Without ECDSA, whose addon is loaded no sooner than it is asked for, and needs no compiler. */
function warmUp({keyPairs, signatures}: CryptoSuite): void {
  const message = new Uint8Array(100);
  for (const scheme of ["sr25519", "ed25519"] as const) {
    const pair = keyPairs.fromSeed(scheme, new Uint8Array(32).fill(1));
    if (!pair.ok) continue;
    const signed = {signature: pair.value.sign(message), message, signer: pair.value.publicKey};
    const rounds = scheme === "sr25519" ? WARM_UP_ALONE : WARM_UP_ROUNDS;
    for (let round = 0; round < rounds; round++) {
      signatures.verify(scheme, signed.signature, message, signed.signer);
    }
    if (scheme !== "sr25519") continue;
    for (const size of WARM_UP_BATCHES) signatures.verifyEach(scheme, new Array(size).fill(signed));
  }
}
