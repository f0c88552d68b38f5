import assert from "node:assert/strict";
import {test} from "node:test";
import {amountText} from "./amounts.ts";
import {prefixOf, unitOf} from "./chain-at-hand.ts";
import {DeskError} from "./desk-error.ts";

test("a chain that names a type of address that no address has is told so, before anything is written", () => {
  assert.equal(prefixOf(undefined, {ss58Format: 77}), 77);
  assert.equal(prefixOf(undefined, {}), 42);
  for (const ss58Format of [46, 47, 16_384, -1, 0.5]) {
    assert.throws(
      () => prefixOf(undefined, {ss58Format}),
      error => error instanceof DeskError && error.report.code === "chain-prefix",
    );
  }
});

test("amounts are in the chain's token, the first of several, and in the smallest unit where it names none", () => {
  const amount = (properties: Readonly<Record<string, unknown>>) =>
    amountText(1_500_000n, unitOf(properties));
  assert.equal(amount({tokenSymbol: "TOY", tokenDecimals: 6}), "1.5 TOY");
  assert.equal(amount({tokenSymbol: ["TOY", "aUSD"], tokenDecimals: [5, 12]}), "15 TOY");
  for (const properties of [{}, {tokenSymbol: "TOY"}, {tokenSymbol: "", tokenDecimals: 6}]) {
    assert.equal(amount(properties), "1,500,000 of the smallest unit");
  }
});
