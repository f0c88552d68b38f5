import assert from "node:assert/strict";
import {test} from "node:test";
import {createProcessAnswers} from "./process.ts";

test("a process tells of its memory and room at once, and of its lateness to who asks again", () => {
  const answers = createProcessAnswers(() => 1_000);
  const first = answers.status();
  assert.ok(first.memory.resident > first.memory.heap);
  assert.equal(first.freeSpace, 1_000);
  assert.equal(first.lateness, undefined);
  assert.ok(first.uptime > 0 && first.cpuSeconds > 0);
});

test("a node that keeps nothing has no disk to fill", () => {
  assert.equal(createProcessAnswers(undefined).status().freeSpace, undefined);
});
