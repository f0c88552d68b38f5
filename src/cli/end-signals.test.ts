import assert from "node:assert/strict";
import {test} from "node:test";
import {endSignals} from "./end-signals.ts";

test("a terminal that is closed ends a node, unless it is ignored", () => {
  assert.ok(endSignals(0n).includes("SIGHUP"));
  assert.ok(endSignals(0x1000n).includes("SIGHUP"));
  assert.deepEqual(endSignals(0x1n), ["SIGINT", "SIGTERM"]);
});
