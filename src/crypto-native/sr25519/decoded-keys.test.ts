import assert from "node:assert/strict";
import {test} from "node:test";
import {Curve} from "./curve.ts";
import {DecodedKeys} from "./decoded-keys.ts";
import {POINT} from "./kernels/pair-layout.ts";
import {kernelsOf} from "./test-kit/forms.ts";
import {pointOf, readPoint, writePoint} from "./test-kit/points.ts";

const curve = new Curve(kernelsOf("scalar"));
const [from, to] = [curve.takePoints(1), curve.takePoints(2)];

test("a point that was kept is written where it is asked for, and nowhere else", () => {
  const keys = new DecodedKeys(curve, 10);
  writePoint(curve, from, pointOf(7n));
  keys.keep("seven", from);
  writePoint(curve, from, pointOf(8n));
  writePoint(curve, to, pointOf(1n));
  writePoint(curve, to + POINT, pointOf(2n));
  assert.ok(!keys.read("eight", to));
  assert.ok(readPoint(curve, to).equals(pointOf(1n)));
  assert.ok(keys.read("seven", to));
  assert.ok(readPoint(curve, to).equals(pointOf(7n)));
  assert.ok(readPoint(curve, to + POINT).equals(pointOf(2n)));
});

test("strangers take the places of those that were not asked for longest, and no others' points", () => {
  const keys = new DecodedKeys(curve, 10);
  const keep = (number: number): void => {
    writePoint(curve, from, pointOf(BigInt(number)));
    keys.keep(`${number}`, from);
  };
  for (let i = 1; i <= 10; i++) keep(i);
  assert.ok(keys.read("1", to));
  for (let i = 11; i <= 39; i++) {
    keep(i);
    assert.ok(keys.read("1", to));
  }
  assert.equal(keys.size, 10);
  for (const number of [1, ...Array.from({length: 9}, (_, i) => 31 + i)]) {
    assert.ok(keys.read(`${number}`, to));
    assert.ok(readPoint(curve, to).equals(pointOf(BigInt(number))), `${number}`);
  }
  for (const number of [2, 10, 30]) assert.ok(!keys.read(`${number}`, to));
});
