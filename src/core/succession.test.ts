import assert from "node:assert/strict";
import {test} from "node:test";
import {err} from "#base";
import type {Runtime} from "#runtime-api";
import {whyEnded} from "./succession.ts";
import {foreignCoreForTests} from "./test-kit/core-for-tests.ts";

test("a runtime that does not say in time who authors has not ended its chain, and blocks go on once it does", async () => {
  let isBusy = true;
  let isSlow = false;
  const change = (runtime: Runtime): Runtime => ({
    ...runtime,
    call(name, args, host) {
      // From the first block's state on.
      if (name === "BlockBuilder_finalize_block") isSlow = isBusy;
      return isSlow && name === "AuraApi_authorities"
        ? err({code: "given-up", name, milliseconds: 60_000})
        : runtime.call(name, args, host);
    },
  });
  // What ends the node is thrown here.
  const kit = await foreignCoreForTests(["Alice", "Bob", "Charlie", "Dave"], {change});
  await kit.make(1);
  const told = whyEnded(kit.core.chain, kit.core.answers);
  assert.equal(told?.code, "runtime-too-slow");
  assert.match(told.what, /AuraApi_authorities was given up after 60000 ms/);
  [isBusy, isSlow] = [false, false];
  await kit.make(2);
  assert.equal(kit.core.chain.head.number, 2);
});
