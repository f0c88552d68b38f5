import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {findSpoiler} from "./spoiler.ts";

test("the first transaction that spoils a block is found, with few blocks built", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({min: 1, max: 2_000}), fc.nat(), async (count, seed) => {
      const included = Array.from({length: count}, (_, i) => i);
      const spoiler = seed % count;
      let built = 0;
      const found = await findSpoiler(included, async transactions => {
        built++;
        return !transactions.includes(spoiler);
      });
      assert.equal(found, spoiler);
      assert.ok(built <= 2 + Math.ceil(Math.log2(count)));
    }),
  );
});

test("where an empty block cannot be completed either, no transaction is to blame", async () => {
  assert.equal(await findSpoiler([1, 2, 3], async () => false), undefined);
});
