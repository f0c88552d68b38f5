import assert from "node:assert/strict";
import {test} from "node:test";
import {traceLevel} from "./trace-level.ts";

test("the option goes before the environment, and nothing said is nothing told", () => {
  assert.equal(traceLevel(undefined, {}), 0);
  assert.equal(traceLevel(undefined, {KHALA_TRACE: ""}), 0);
  assert.equal(traceLevel(undefined, {KHALA_TRACE: "3"}), 3);
  assert.equal(traceLevel(1, {KHALA_TRACE: "3"}), 1);
});

test("what is no level is refused, by the name that it was said under", () => {
  for (const KHALA_TRACE of ["5", "-1", "1.5", "vvv"]) {
    assert.throws(
      () => traceLevel(undefined, {KHALA_TRACE}),
      new RegExp(`KHALA_TRACE is 0 to 4, not ${KHALA_TRACE}`),
    );
  }
  assert.throws(() => traceLevel(7, {}), /trace is 0 to 4, not 7/);
});
