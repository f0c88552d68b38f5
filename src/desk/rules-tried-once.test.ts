import assert from "node:assert/strict";
import {test} from "node:test";
import type {Runtime} from "#runtime-api";
import {foreignCoreForTests} from "../core/test-kit/core-for-tests.ts";
import {ChainFacts} from "./index.ts";

test("chains of a process that begin with the same state try their runtime's rules once, and one with another state again", async () => {
  let begun = 0;
  const counted = new WeakMap<Runtime, Runtime>();
  const counting = (runtime: Runtime): Runtime => {
    let known = counted.get(runtime);
    if (known === undefined) {
      known = {
        ...runtime,
        call(name, args, host) {
          if (name === "Core_initialize_block") begun++;
          return runtime.call(name, args, host);
        },
      };
      counted.set(runtime, known);
    }
    return known;
  };
  const {core, crypto, make} = await foreignCoreForTests(["Alice", "Bob", "Charlie", "Dave"], {
    change: counting,
  });
  const sessionOf = (hash: Uint8Array) =>
    new ChainFacts(core.chain, {verifySignature: () => true}, crypto.hashing).session(hash);
  const genesis = core.chain.best().hash;
  const first = sessionOf(genesis);
  const tries = begun;
  assert.ok(tries > 1, `${tries}`);
  assert.ok(first?.period !== undefined);
  assert.deepEqual(sessionOf(genesis), first);
  assert.equal(begun, tries);
  const {hash} = await make(1_700_000_000);
  begun = 0;
  assert.equal(sessionOf(hash)?.period, first.period);
  assert.ok(begun > 1, `${begun}`);
});
