import assert from "node:assert/strict";
import {test} from "node:test";
import {showChange, showValue} from "./show-value.ts";

test("a value is one line, addresses as the accounts that they are", () => {
  assert.equal(
    showValue({dest: {type: "Id", value: "bob"}, value: 5n, memo: undefined, many: [1, "two"]}),
    "{dest: bob, value: 5, memo: nothing, many: [1, two]}",
  );
  assert.equal(showValue({type: "Index", value: 7}), "Index(7)");
  assert.equal(showValue({type: "a", value: 1, more: 2}), "{type: a, value: 1, more: 2}");
});

test("of a record what changed is told, and of anything else what it was and is", () => {
  const before = {nonce: 1, data: {free: 9n, reserved: 0n}};
  assert.equal(
    showChange(before, {nonce: 2, data: {free: 4n, reserved: 0n}}),
    "nonce 1 → 2, data.free 9 → 4",
  );
  assert.equal(showChange(undefined, before), "nothing → {nonce: 1, data: {free: 9, reserved: 0}}");
  assert.equal(showChange({a: 1}, {b: 2}), "a 1 → nothing, b nothing → 2");
  assert.equal(showChange([1], [1, 2]), "[1] → [1, 2]");
  assert.equal(showChange({type: "A", value: 1}, {type: "B", value: 1}), "A(1) → B(1)");
});

test("what is long is cut, and says how long it is", () => {
  const shown = showValue("x".repeat(1_000));
  assert.match(shown, /^x{200}… \(1000 characters\)$/);
});
