import assert from "node:assert/strict";
import {test} from "node:test";
import type {SignedMessage} from "#crypto";
import {BatchPoints} from "./batch-points.ts";
import {Curve} from "./curve.ts";
import {POINT} from "./kernels/pair-layout.ts";
import {RistrettoDecoder} from "./ristretto.ts";
import {kernelsOf} from "./test-kit/forms.ts";
import {readPoint, ristrettoOf} from "./test-kit/points.ts";
import {signedRequests} from "./test-kit/signed.ts";

const ROW = 20;
/** Even and below 2^255, and no point. */
const noPoint = new Uint8Array(32).fill(8);
const good = signedRequests(4);
const withoutR = (request: SignedMessage): SignedMessage => {
  const signature = request.signature.slice();
  signature.set(noPoint);
  return {...request, signature};
};

/** What is read, and how many encodings were decoded for it. */
function scripted() {
  const curve = new Curve(kernelsOf("scalar"));
  const keys = curve.takePoints(ROW);
  const rows = {keys, commitments: curve.takePoints(ROW)};
  const decoder = new RistrettoDecoder(curve);
  const decodeEach = decoder.decodeEach.bind(decoder);
  let decoded = 0;
  decoder.decodeEach = (encodings, places) => {
    decoded += encodings.length;
    return decodeEach(encodings, places);
  };
  const points = new BatchPoints(curve, decoder, rows);
  const encodingAt = (place: number) => ristrettoOf(readPoint(curve, place));
  const read = (requests: readonly SignedMessage[]) => {
    decoded = 0;
    const opened = points.read(requests);
    opened.forEach(({index, key}, i) => {
      const {signer, signature} = requests[index]!;
      assert.deepEqual(encodingAt(keys + POINT * key), signer, `the key of ${index}`);
      const commitment = encodingAt(rows.commitments + POINT * i);
      assert.deepEqual(commitment, signature.slice(0, 32), `R of ${index}`);
    });
    return {indices: opened.map(({index}) => index), decoded};
  };
  return {read};
}

test("a key is decoded once, in this batch and in those to come, and what is no point each time", () => {
  const {read} = scripted();
  const [one, other] = [good[0]!, good[1]!];
  assert.deepEqual(read([one, other, one]), {indices: [0, 1, 2], decoded: 2 + 3});
  assert.deepEqual(read([other, one]), {indices: [0, 1], decoded: 2});
  const bad = {...one, signer: noPoint};
  for (let i = 0; i < 2; i++) {
    // What is left is read once more, where its places are its own.
    assert.deepEqual(read([bad, one, bad]), {indices: [1], decoded: 1 + 3 + 1});
  }
});

test("each signature stays beside its own key, wherever it stands among those that are none", () => {
  const {read} = scripted();
  const [a, b, c, d] = [good[0]!, good[1]!, good[2]!, good[3]!];
  const bad = {...d, signer: noPoint};
  const batches = [
    [withoutR(a), b, a],
    [withoutR(a), withoutR(b), withoutR(c), d, c, a, b],
    [bad, withoutR(c), a, bad, c, withoutR(a), b],
    [withoutR(a), b, c, withoutR(b)],
  ];
  for (const batch of batches) {
    const expected = batch.flatMap(({signature, signer}, index) =>
      signer[0] === 8 || signature[0] === 8 ? [] : [index],
    );
    assert.deepEqual(read(batch).indices, expected);
  }
});
