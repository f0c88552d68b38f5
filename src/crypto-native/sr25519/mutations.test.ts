import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {test} from "node:test";
import {bytesToHex, seededRandom} from "#base";
import {createPortableSignatureVerifier, type SignedMessage} from "#crypto";
import {createSchnorrkelVerifier} from "../test-kit/schnorrkel-verifier.ts";
import {FORMS, kernelsOf} from "./test-kit/forms.ts";
import {signedRequests} from "./test-kit/signed.ts";
import {Sr25519Verifier} from "./verifier.ts";

/** The nightly run asks for a million. */
const MUTATIONS = Number(process.env.SR25519_MUTATIONS ?? 2_000);
/** Of so many one is put to plain JavaScript too, which takes two milliseconds. */
const ALSO_IN_JAVASCRIPT = 20;
/** Of so many batches one goes the slower way without vectors too, where there are vectors. */
const ALSO_WITHOUT_VECTORS = 5;
/** Signatures in a batch: by single equations, Straus's and Pippenger's sums. */
const SIZES = [1, 2, 7, 48, 49, 100, 256];
/** One in so many is spoiled, in turn: nearly none to all. */
const SPOILED = [64, 8, 2, 1];

const schnorrkel = createSchnorrkelVerifier();
const portable = createPortableSignatureVerifier();
/** Half of them by keys that sign often. */
const good = [...signedRequests(200), ...signedRequests(200, 20)];
const seed = Number(process.env.SR25519_SEED ?? Math.floor(Math.random() * 2 ** 31));
const random = seededRandom(seed);
const below = (limit: number): number => Math.floor(random() * limit);

/** One bit of signature, key or message is another. */
function mutated(request: SignedMessage): SignedMessage {
  const parts = ["signature", "signer", "message"] as const;
  const part = parts[below(request.message.length > 0 ? 3 : 2)]!;
  const bytes = request[part].slice();
  const bit = below(8 * bytes.length);
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return {...request, [part]: bytes};
}

const told = ({signature, signer, message}: SignedMessage): string =>
  `seed ${seed}: ${[signature, signer, message].map(bytesToHex).join(" ")}`;

test(`of ${MUTATIONS} signatures with one bit changed, each is answered as by schnorrkel, alone and in a batch`, () => {
  const verifiers = FORMS.map(form => new Sr25519Verifier(kernelsOf(form), randomBytes));
  let [mutations, batches, held] = [0, 0, 0];
  while (mutations < MUTATIONS) {
    const oneIn = SPOILED[batches % SPOILED.length]!;
    const size = SIZES[batches % SIZES.length]!;
    const used = batches++ % ALSO_WITHOUT_VECTORS === 0 ? verifiers : verifiers.slice(0, 1);
    const expected: boolean[] = [];
    const batch = Array.from({length: size}, () => {
      const request = good[below(good.length)]!;
      if (below(oneIn) > 0) {
        expected.push(true);
        return request;
      }
      const spoiled = mutated(request);
      const {signature, message, signer} = spoiled;
      const answer = schnorrkel(signature, message, signer);
      if (mutations++ % ALSO_IN_JAVASCRIPT === 0) {
        assert.equal(portable.verify("sr25519", signature, message, signer), answer, told(spoiled));
      }
      for (const verifier of used) {
        assert.equal(verifier.verify(spoiled), answer, told(spoiled));
      }
      if (answer) held++;
      expected.push(answer);
      return spoiled;
    });
    for (const verifier of used) {
      const answers = verifier.verifyEach(batch);
      batch.forEach((request, i) => {
        assert.equal(answers[i], expected[i], told(request));
      });
    }
  }
  assert.equal(held, 0);
});
