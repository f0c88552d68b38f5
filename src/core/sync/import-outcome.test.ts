import assert from "node:assert/strict";
import {test} from "node:test";
import {importOutcome} from "./import-outcome.ts";

const hash = new Uint8Array(32);

test("a block is bad only by what its hash commits to", () => {
  assert.deepEqual(importOutcome({code: "bad-signature"}), {kind: "bad", reason: "bad-signature"});
  const execution = {code: "execution-failed", reason: "trap"} as const;
  assert.deepEqual(importOutcome(execution), {kind: "bad", reason: "execution-failed: trap"});
  const body = {code: "extrinsics-root-mismatch", expected: hash, computed: hash} as const;
  assert.notEqual(importOutcome(body).kind, "bad");
});

test("what is ours to mend is held against nobody", () => {
  const threads = {code: "signatures-unchecked", reason: "stopped"} as const;
  assert.deepEqual(importOutcome(threads), {kind: "unchecked"});
  const runtime = {code: "runtime-unavailable", reason: "no blob"} as const;
  assert.deepEqual(importOutcome(runtime), {kind: "unchecked"});
});
