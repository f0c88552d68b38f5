import assert from "node:assert/strict";
import {test} from "node:test";
import {StoreFault} from "./failures.ts";
import {keepNumber, keptNumber} from "./kept-number.ts";

test("a number is kept beside the chain, and what is none there is damage, not nought", () => {
  const values = new Map<string, Uint8Array>();
  const store = {
    value: (name: string) => values.get(name),
    setValue(name: string, value: Uint8Array | undefined) {
      if (value === undefined) values.delete(name);
      else values.set(name, value);
    },
  };
  assert.equal(keptNumber(store, "at"), undefined);
  keepNumber(store, "at", 1_700_000_000_000);
  assert.equal(keptNumber(store, "at"), 1_700_000_000_000);
  for (const damaged of [new Uint8Array(0), new Uint8Array(7), new Uint8Array(8).fill(255)]) {
    values.set("at", damaged);
    assert.throws(
      () => keptNumber(store, "at"),
      (fault: unknown) => fault instanceof StoreFault && fault.code === "database-corrupt",
    );
  }
  keepNumber(store, "at", undefined);
  assert.equal(keptNumber(store, "at"), undefined);
});
