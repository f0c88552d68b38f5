import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {
  bondHindrance,
  priceOf,
  priceText,
  rankOf,
  rankText,
} from "../../dashboard/src/text/bond-words.ts";

const amount = fc.bigInt({min: 0n, max: 50n});
const others = fc.array(amount, {maxLength: 6});
const places = fc.nat(7);
const write = (planck: bigint) => `${planck} TOY`;

/** The chain's own list, highest first: a bond is put behind all that are as high (pallet_collator_selection, `update_bond`). */
function listWith(bond: bigint, all: readonly bigint[]): bigint[] {
  const list = all.toSorted((one, other) => Number(other - one));
  const at = list.findIndex(each => each < bond);
  return list.toSpliced(at < 0 ? list.length : at, 0, bond);
}

test("a candidate stands where the chain's list has its bond, and has a place exactly from the price that is told on", () => {
  fc.assert(
    fc.property(amount, others, places, (bond, all, count) => {
      const rank = rankOf(bond, all);
      assert.equal(listWith(bond, all)[rank - 1], bond);
      assert.equal(
        all.filter(each => each >= bond).length,
        rank - 1,
        "nobody who has as much is behind it",
      );
      const bonds = {least: undefined, places: count, others: all};
      const price = priceOf(bonds);
      const hasPlace = count > 0 && (price === undefined || bond > price);
      assert.equal(hasPlace, rank <= count);
      const said = rankText(bond, bonds)!;
      assert.equal(said.endsWith(", with a place."), hasPlace, said);
    }),
  );
});

test("what a place takes is said in the chain's unit, and unknown where bonds or places are", () => {
  const bonds = {least: 1n, places: 2, others: [9n, 5n, 7n]};
  assert.equal(priceText(bonds, write), "It takes more than 7 TOY for one of the 2 places.");
  assert.equal(
    priceText({...bonds, places: 1}, write),
    "It takes more than 9 TOY for the one place.",
  );
  assert.equal(priceText({...bonds, places: 4}, write), "Any bond has one of the 4 places now.");
  assert.equal(priceText({...bonds, places: 0}, write), "There are no places for candidates now.");
  for (const unknown of [
    {...bonds, places: undefined},
    {...bonds, others: undefined},
  ]) {
    assert.match(priceText(unknown, write), /unknown/);
    assert.equal(rankText(8n, unknown), undefined);
  }
});

test("a bond below the least, or no higher than whose place it is to take, is hindered in words", () => {
  assert.equal(bondHindrance(4n, {least: 5n}, write), "below the least, which is 5 TOY");
  assert.equal(bondHindrance(5n, {least: 5n}, write), undefined);
  assert.equal(
    bondHindrance(7n, {least: 5n, above: 7n}, write),
    "it takes more than the 7 TOY there",
  );
  assert.equal(bondHindrance(8n, {least: 5n, above: 7n}, write), undefined);
  assert.equal(bondHindrance(0n, {least: undefined}, write), undefined);
});
