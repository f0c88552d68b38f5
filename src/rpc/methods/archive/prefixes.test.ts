import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {Prefixes} from "./prefixes.ts";

test("what was asked of a key is what was asked of all that it begins with", () => {
  const text = fc.string({unit: fc.constantFrom("a", "b"), maxLength: 6});
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.nat())), text, (items, key) => {
      const expected = items.filter(([prefix]) => key.startsWith(prefix)).map(([, item]) => item);
      const found = [...new Prefixes(items).of(key)];
      assert.deepEqual(found.toSorted(), expected.toSorted());
    }),
  );
});
