import assert from "node:assert/strict";
import {test} from "node:test";
import {prefixOf} from "./chain-at-hand.ts";
import {DeskError} from "./desk-error.ts";

test("a chain that names a type of address that no address has is told so, before anything is written", () => {
  assert.equal(prefixOf({ss58Format: 42}), 42);
  assert.equal(prefixOf({}), 30);
  for (const ss58Format of [46, 47, 16_384, -1, 0.5]) {
    assert.throws(
      () => prefixOf({ss58Format}),
      error => error instanceof DeskError && error.report.code === "chain-prefix",
    );
  }
});
