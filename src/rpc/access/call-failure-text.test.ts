import assert from "node:assert/strict";
import {test} from "node:test";
import {err} from "#base";
import {u32} from "#codec";
import {createPortableHashing} from "#crypto";
import {MemoryChain} from "../test-kit/memory-chain.ts";
import {queryRuntime} from "./runtime-query.ts";
import {callState} from "./state-access.ts";

const facts = [
  ["stack", "pallet::hook < Core_version"],
  ["storage", "read System.Number"],
] as const;

test("what is known of a trap goes with the error, and its message stays as clients know it", () => {
  const call = () =>
    err({code: "trap", name: "Core_version", message: "it panicked", facts} as const);
  const trapping = Object.assign(new MemoryChain(createPortableHashing(), [], {}), {call});
  const block = trapping.best().hash;
  const called = callState(trapping, block, "Core_version");
  assert.ok(!called.ok);
  assert.match(called.error.message, /: it panicked$/);
  const told = "stack: pallet::hook < Core_version\nstorage: read System.Number";
  assert.equal(called.error.data, told);
  const query = {name: "Core_version", args: new Uint8Array(0), result: u32, failure: "Unable."};
  const queried = queryRuntime(trapping, block, query);
  assert.ok(!queried.ok && String(queried.error.data).endsWith(`: it panicked\n${told}`));
});
