import assert from "node:assert/strict";
import {test} from "node:test";
import {Listeners} from "./listeners.ts";

test("one listener that throws costs no other the news, and is reported", () => {
  const faults: unknown[] = [];
  const heard: string[] = [];
  const listeners = new Listeners<[what: string]>(fault => faults.push(fault));
  const fault = new Error("a bug");
  listeners.add(what => heard.push(`first ${what}`));
  const stop = listeners.add(() => {
    throw fault;
  });
  listeners.add(what => heard.push(`last ${what}`));
  listeners.tell("a");
  assert.deepEqual(heard, ["first a", "last a"]);
  assert.deepEqual(faults, [fault]);
  stop();
  listeners.tell("b");
  assert.equal(heard.length, 4);
  assert.equal(faults.length, 1);
});
