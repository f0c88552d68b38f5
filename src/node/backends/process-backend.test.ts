import assert from "node:assert/strict";
import {test} from "node:test";
import {createProcessBackend} from "./process-backend.ts";

test("a process tells of its memory and room at once, and of its lateness to who asks again", () => {
  const backend = createProcessBackend(() => 1_000);
  const first = backend.status();
  assert.ok(first.memory.resident > first.memory.heap);
  assert.equal(first.freeSpace, 1_000);
  assert.equal(first.lateness, undefined);
  assert.ok(first.uptime > 0 && first.cpuSeconds > 0);
});

test("a node that keeps nothing has no disk to fill", () => {
  assert.equal(createProcessBackend(undefined).status().freeSpace, undefined);
});
