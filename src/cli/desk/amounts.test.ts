import assert from "node:assert/strict";
import {test} from "node:test";
import {amountText, exactText, neededText} from "./amounts.ts";

const PHA = {symbol: "PHA", decimals: 12};

test("an amount is cut off for show, rounded up where it is needed, and exact where it is counted", () => {
  const planck = 16_012_500_000_001n;
  assert.equal(amountText(planck, PHA), "16.0125 PHA");
  assert.equal(neededText(planck, PHA), "16.012501 PHA");
  assert.equal(exactText(planck, PHA), "16.012500000001 PHA");
  assert.equal(amountText(1_000_000n * 10n ** 12n, PHA), "1,000,000 PHA");
  assert.equal(amountText(12n, {symbol: "UNIT", decimals: 0}), "12 UNIT");
});
