import assert from "node:assert/strict";
import {test} from "node:test";
import {ristretto255} from "@noble/curves/ed25519.js";
import fc from "fast-check";
import {bytesToHex, hex} from "#base";
import {Curve} from "./curve.ts";
import {POINT} from "./kernels/pair-layout.ts";
import {RistrettoDecoder} from "./ristretto.ts";
import {FORMS, kernelsOf} from "./test-kit/forms.ts";
import {readPoint, ristrettoOf} from "./test-kit/points.ts";

/** RFC 9496 §A.2, and encodings beside the bounds that a reader of bytes may get wrong. */
const REFUSED = [
  "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
  "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
  "0000000000000000000000000000000000000000000000000000000000000080",
].map(text => hex(`0x${text}`));

function decodedByOthers(bytes: Uint8Array): boolean {
  try {
    ristretto255.Point.fromBytes(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Random strings, of which one in four could be even and below the prime; and those near to a good one. */
const strings = fc.oneof(
  fc.uint8Array({minLength: 32, maxLength: 32}),
  fc.uint8Array({minLength: 32, maxLength: 32}).map(bytes => {
    bytes[0]! &= 0xfe;
    bytes[31]! &= 0x7f;
    return bytes;
  }),
  fc.tuple(fc.bigInt({min: 1n, max: 2n ** 252n}), fc.nat(300)).map(([number, bit]) => {
    const bytes = ristretto255.Point.BASE.multiply(number).toBytes();
    if (bit < 256) bytes[bit >> 3]! ^= 1 << (bit & 7);
    return bytes;
  }),
);

for (const form of FORMS) {
  const curve = new Curve(kernelsOf(form));
  const decoder = new RistrettoDecoder(curve);
  const place = curve.takePoints(2);
  const places = [place, place + POINT] as const;

  test(`${form}: strings are points exactly where others say so, and the same ones, two at a time`, () => {
    fc.assert(
      fc.property(strings, strings, (one, other) => {
        const encodings = [one, other] as const;
        const answers = decoder.decode(encodings, places);
        for (const lane of [0, 1] as const) {
          assert.equal(
            answers[lane],
            decodedByOthers(encodings[lane]),
            bytesToHex(encodings[lane]),
          );
          if (!answers[lane]) continue;
          const point = readPoint(curve, places[lane]);
          assert.equal(bytesToHex(ristrettoOf(point)), bytesToHex(encodings[lane]));
        }
      }),
      {numRuns: Number(process.env.SR25519_STRINGS ?? 2_000)},
    );
  });

  test(`${form}: what is not canonical is refused beside what is, on either side`, () => {
    const good = ristretto255.Point.BASE.multiply(77n).toBytes();
    for (const bytes of REFUSED) {
      assert.ok(!decodedByOthers(bytes));
      assert.deepEqual(decoder.decode([bytes, good], places), [false, true]);
      assert.deepEqual(decoder.decode([good, bytes], places), [true, false]);
    }
    assert.deepEqual(decoder.decode([new Uint8Array(32), good], places), [true, true]);
  });

  test(`${form}: of any number there are as many answers, the last of an odd one's too`, () => {
    const good = ristretto255.Point.BASE.multiply(78n).toBytes();
    for (const encodings of [[], [good], [REFUSED[0]!], [good, good, REFUSED[0]!]]) {
      const answers = decoder.decodeEach(encodings, [place, place + POINT, place]);
      assert.deepEqual(
        answers,
        encodings.map(bytes => bytes === good),
      );
    }
  });
}
