import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {
  readAmount,
  SMALLEST_UNIT,
  unitOf,
  writeAmount,
  writeExactAmount,
} from "../../dashboard/src/text/amount-unit.ts";
import {unitOf as unitOfCommands} from "../../src/cli/desk/chain-at-hand.ts";

const odd = fc.constantFrom(undefined, null, "", "10", -1, 1.5, [], [null]);
const symbol = fc.oneof(fc.string(), fc.array(fc.string()), odd);
const decimals = fc.oneof(fc.nat(30), fc.array(fc.nat(30)), odd);

test("the dashboard and the command line take a chain's unit from its properties alike, whatever stands there", () => {
  fc.assert(
    fc.property(symbol, decimals, (tokenSymbol, tokenDecimals) => {
      const properties = {tokenSymbol, tokenDecimals};
      assert.deepEqual(unitOf(properties), unitOfCommands(properties));
    }),
  );
});

test("without a token an amount is what it is, and has no part behind a point", () => {
  for (const properties of [{}, {tokenDecimals: 12}, {tokenSymbol: "TOY"}, {tokenSymbol: ["A"]}]) {
    assert.equal(unitOf(properties), SMALLEST_UNIT, JSON.stringify(properties));
  }
  assert.match(writeAmount(1_650n, SMALLEST_UNIT), /^1.?650 of the smallest unit$/);
  assert.equal(readAmount("1650", SMALLEST_UNIT), 1_650n);
  assert.equal(readAmount("16.5", SMALLEST_UNIT), undefined);
});

test("what a person types comes to the smallest unit exactly, and more digits than there are come to nothing", () => {
  fc.assert(
    fc.property(fc.bigInt({min: 0n, max: 2n ** 128n - 1n}), fc.nat(30), (amount, digits) => {
      const unit = {symbol: "TOY", decimals: digits};
      const text = amount.toString().padStart(digits + 1, "0");
      const point = text.length - digits;
      const typed = digits === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`;
      assert.equal(readAmount(typed, unit), amount);
      assert.equal(readAmount(`${typed}${digits === 0 ? "." : ""}0`, unit), undefined);
    }),
  );
});

test("an amount that somebody agrees to has all its digits, and is read as it is written", () => {
  const pha = {symbol: "PHA", decimals: 12};
  assert.equal(writeAmount(9_007_199_254_740_993_000_000n, pha), "9,007,199,254.7409 PHA");
  assert.equal(writeExactAmount(9_007_199_254_740_993_000_000n, pha), "9,007,199,254.740993 PHA");
  const finer = {symbol: "TOY", decimals: 18};
  assert.equal(writeExactAmount(10n ** 18n + 1n, finer), "1.000000000000000001 TOY");
  assert.equal(writeAmount(1n, pha), "< 0.0001 PHA");
  assert.equal(writeExactAmount(1n, pha), "0.000000000001 PHA");
  fc.assert(
    fc.property(fc.bigInt({min: 0n, max: 2n ** 128n - 1n}), fc.nat(30), (amount, decimals) => {
      const written = writeExactAmount(amount, {symbol: "T", decimals}).replace(" T", "");
      assert.equal(readAmount(written, {symbol: "T", decimals}), amount);
    }),
  );
});

test("commas part thousands, and are taken for nothing else", () => {
  const pha = {symbol: "PHA", decimals: 12};
  assert.equal(readAmount("1,000", pha), 10n ** 15n);
  for (const text of ["1,5", "1,00", "1,0000", "1000,000", ",100", "1,,000", "1.000,5", "1,000."]) {
    assert.equal(readAmount(text, pha), undefined, text);
  }
});
