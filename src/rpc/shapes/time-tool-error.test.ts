import assert from "node:assert/strict";
import {test} from "node:test";
import {timeToolError} from "./time-tool-error.ts";

test("of snapshots that there are some are told, and how many more", () => {
  const known = Array.from({length: 1_000}, (_, i) => `name-${i}`);
  const told = timeToolError({code: "snapshot-unknown", name: "x".repeat(5_000), known}).message;
  assert.match(told, /name-0, .*name-19 and 980 more\. dev_snapshot makes one$/);
  assert.ok(told.length < 500, String(told.length));
  const few = timeToolError({code: "snapshot-unknown", name: "c", known: ["a", "b"]}).message;
  assert.match(few, /called c; there are a, b\. /);
});
