import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {
  readAmount,
  SMALLEST_UNIT,
  unitOf,
  writeAmount,
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
